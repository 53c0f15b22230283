import { findOutbound, type MessageRow, moveMessage } from "../../db/writes/outbound-messages";
import { addToTimeline } from "../../db/writes/timeline";
import { CANCELABLE } from "../domain/message-status";
import type { Actor, Scope } from "../domain/viewer";
import type { MessageStatus } from "../domain/words";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { ringDoorbells } from "./ring-doorbells";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "realtime" | "jobs" | "log">;

export type CancelOutcome =
  | { kind: "canceled"; message: MessageRow }
  | { kind: "not_found" }
  /** It has left, or is leaving. */
  | { kind: "too_late"; status: MessageStatus };

type CancelInput = { scope: Scope; messageId: string; actor: Actor };

/** Takes a message back that was not handed over yet. Whoever changes the row first wins. */
export async function cancelMessage(
  deps: Needs,
  { scope, messageId, actor }: CancelInput,
): Promise<CancelOutcome> {
  const at = deps.clock.now();
  const message = await deps.db.transaction(async (tx) => {
    const set = { status: "canceled" as const, statusReason: "canceled", pausedAt: null };
    const row = await moveMessage(tx, scope, { messageId, from: CANCELABLE, set, at });
    if (!row) return null;
    const { workspaceId } = row;
    await addToTimeline(tx, { workspaceId, messageId, at, event: "canceled", actor });
    return row;
  });
  if (!message) {
    const found = await findOutbound(deps.db, scope, messageId);
    return found ? { kind: "too_late", status: found.status } : { kind: "not_found" };
  }
  announceMessages(deps, [message]);
  // It may have held up others of its conversation.
  await ringDoorbells(deps, [{ integrationId: message.integrationId, due: at }]);
  return { kind: "canceled", message };
}
