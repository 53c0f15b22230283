import { findReminder } from "../../db/queries/reminders";
import { cancelReminderRows, type ReminderRow } from "../../db/writes/reminders";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type CancelOutcome =
  | { kind: "canceled"; reminder: ReminderRow }
  | { kind: "not_found" }
  /** It was sent or has ended. */
  | { kind: "too_late"; status: ReminderRow["status"] };

/** Takes away a reminder that waits, for good: no later report brings this one back. */
export async function cancelReminder(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
): Promise<CancelOutcome> {
  const at = deps.clock.now();
  const reason = "by_hand" as const;
  const [reminder] = await cancelReminderRows(deps.db, { workspaceId, ids: [id], reason, at });
  if (reminder) return { kind: "canceled", reminder };
  const found = await findReminder(deps.db, { workspaceId, personId: "all", id });
  return found ? { kind: "too_late", status: found.status } : { kind: "not_found" };
}
