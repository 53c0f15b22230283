import type { Database } from "../../db/client";
import { cancelReminderRows, lockRemindersOf } from "../../db/writes/reminders";
import type { SubjectRef } from "../../db/writes/subjects";
import type { WorkspaceId } from "../domain/workspace-id";

type Canceling = { workspaceId: WorkspaceId; personId: string; subject: SubjectRef; at: Date };

/**
 * Takes away what a person was still to be reminded of about a subject, for good, since they said so;
 * inside a transaction that holds the person's preferences. Others are reminded as before.
 *
 * @returns how many waited
 */
export async function cancelByReply(
  tx: Database,
  { workspaceId, personId, subject, at }: Canceling,
): Promise<number> {
  const rows = await lockRemindersOf(tx, { workspaceId, subject, personId });
  const ids = rows.map(({ id }) => id);
  const reason = "by_reply" as const;
  return (await cancelReminderRows(tx, { workspaceId, ids, reason, at })).length;
}
