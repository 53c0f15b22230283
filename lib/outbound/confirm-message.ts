import { findOutbound, type MessageRow, moveMessage } from "../../db/writes/outbound-messages";
import { addToTimeline } from "../../db/writes/timeline";
import { countTaken } from "../costs/count-taken";
import type { Actor, Scope } from "../domain/viewer";
import type { MessageStatus } from "../domain/words";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { ringDoorbells } from "./ring-doorbells";

type Needs = Pick<Deps, "db" | "sql" | "clock" | "realtime" | "jobs" | "log">;

export type ConfirmOutcome =
  | { kind: "confirmed"; message: MessageRow }
  | { kind: "not_found" }
  /** It is known what became of it: there is nothing to say. */
  | { kind: "not_unconfirmed"; status: MessageStatus };

type ConfirmInput = { scope: Scope; messageId: string; actor: Actor };

/**
 * A person says that an unconfirmed message has arrived (Sending 6): it counts as sent from here on.
 * A receipt of the provider's that comes later still outranks them.
 */
export async function confirmMessage(
  deps: Needs,
  { scope, messageId, actor }: ConfirmInput,
): Promise<ConfirmOutcome> {
  const at = deps.clock.now();
  const message = await deps.db.transaction(async (tx) => {
    const set = {
      status: "sent" as const,
      statusReason: "confirmed_by_person",
      unconfirmedAt: null,
      sentAt: at,
    };
    const row = await moveMessage(tx, scope, { messageId, from: ["unconfirmed"], set, at });
    if (!row) return null;
    const { workspaceId, attempt } = row;
    await addToTimeline(tx, { workspaceId, messageId, at, event: "confirmed", attempt, actor });
    return row;
  });
  if (!message) {
    const found = await findOutbound(deps.db, scope, messageId);
    return found ? { kind: "not_unconfirmed", status: found.status } : { kind: "not_found" };
  }
  await countTaken(deps, { messageId, attempt: message.attempt });
  announceMessages(deps, [message]);
  // It may have held up others of its conversation.
  await ringDoorbells(deps, [{ integrationId: message.integrationId, due: at }]);
  return { kind: "confirmed", message };
}
