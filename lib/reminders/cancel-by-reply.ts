import type { Database } from "../../db/client";
import type { MessageRow } from "../../db/writes/outbound-messages";
import { findAwaiting } from "../../db/writes/overtaken";
import { cancelReminderRows, lockRemindersOf } from "../../db/writes/reminders";
import type { SubjectRef } from "../../db/writes/subjects";
import type { WorkspaceId } from "../domain/workspace-id";
import { overtakeDeliveries } from "../notifications/overtake-deliveries";

type Canceling = { workspaceId: WorkspaceId; personId: string; subject: SubjectRef; at: Date };

const reason = "by_reply";

/**
 * Takes away what a person was still to be reminded of about a subject, for good, since they said so:
 * reminders to come, and those that a gate keeps or that have not left the outbox; inside a transaction
 * that holds the person's preferences. Others are reminded as before.
 *
 * @returns the messages that were taken back, to be told by `tellTakenBack` once it is committed
 */
export async function cancelByReply(
  tx: Database,
  { workspaceId, personId, subject, at }: Canceling,
): Promise<MessageRow[]> {
  const rows = await lockRemindersOf(tx, { workspaceId, subject, personId });
  const all = await findAwaiting(tx, { workspaceId, subject, types: null });
  const awaiting = all.filter(({ notification }) => notification.personId === personId);
  const takenBack = await overtakeDeliveries(tx, { workspaceId, awaiting, reason, at });
  const unsent = new Set(awaiting.map(({ notification }) => notification.id));
  const isUnsent = (id: string | null) => id !== null && unsent.has(id);
  const ids = rows
    .filter((row) => row.status === "scheduled" || isUnsent(row.notificationId))
    .map(({ id }) => id);
  await cancelReminderRows(tx, { workspaceId, ids, reason, at, from: ["scheduled", "sent"] });
  return takenBack;
}
