import type { ReplyVerdict } from "./judge-reply";
import type { ReplyAction } from "./reply-code";

const CONFIRMATIONS = {
  acknowledge: "replies.acknowledged",
  confirm: "replies.confirmed",
  cancel: "replies.canceled",
} as const satisfies Record<ReplyAction, string>;

/** A key of `messages/`: what is answered to a code. */
export type ReplyTextKey = (typeof CONFIRMATIONS)[ReplyAction] | "replies.which";

/**
 * The key of the text that confirms what a code has done, or that opens the numbered list; null: nothing
 * is answered by itself to an ordinary message.
 */
export function replyTextKey(verdict: ReplyVerdict<unknown>): ReplyTextKey | null {
  switch (verdict.kind) {
    case "matched":
      return CONFIRMATIONS[verdict.action];
    case "ambiguous":
      return "replies.which";
    case "no_code":
      return null;
    default:
      return verdict satisfies never;
  }
}
