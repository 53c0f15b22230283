import type { Deps } from "../ports/deps";
import { openToken, signToken } from "./signed-link";

/**
 * Where the recipient of an e-mail says that they want no more: `page` for people, `oneClick` for mail
 * programs, which post to it (RFC 8058). They work as long as the message is kept.
 */
export function unsubscribeLinks(
  deps: Pick<Deps, "settings">,
  messageId: string,
): { page: string; oneClick: string } {
  const token = signToken(deps, "unsubscribe", { id: messageId, rest: "" });
  const { appUrl } = deps.settings;
  return { page: `${appUrl}/unsubscribe/${token}`, oneClick: `${appUrl}/api/unsubscribe/${token}` };
}

/** The message that the link stands in; null: the token is not ours. */
export function openUnsubscribeToken(deps: Pick<Deps, "settings">, token: string): string | null {
  return openToken(deps, "unsubscribe", token)?.id ?? null;
}
