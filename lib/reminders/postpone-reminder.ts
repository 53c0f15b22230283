import { findReminder } from "../../db/queries/reminders";
import { postponeReminder as postponeRow, type ReminderRow } from "../../db/writes/reminders";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type PostponeOutcome =
  | { kind: "postponed"; reminder: ReminderRow }
  | { kind: "not_found" }
  | { kind: "past" }
  /** It was sent or has ended. */
  | { kind: "too_late"; status: ReminderRow["status"] }
  /** At that hour it is of no use any more. */
  | { kind: "expires_before"; expiresAt: Date };

type Postponing = { workspaceId: WorkspaceId; id: string; scheduledFor: Date };

/**
 * Gives a reminder that waits another hour, earlier or later. It stays at that hour until the due date
 * of its subject changes. Whoever changes the row first wins.
 */
export async function postponeReminder(
  deps: Pick<Deps, "db" | "clock">,
  postponing: Postponing,
): Promise<PostponeOutcome> {
  const { workspaceId, id, scheduledFor } = postponing;
  if (scheduledFor <= deps.clock.now()) return { kind: "past" };
  const reminder = await postponeRow(deps.db, postponing);
  if (reminder) return { kind: "postponed", reminder };
  const found = await findReminder(deps.db, { workspaceId, personId: "all", id });
  if (!found) return { kind: "not_found" };
  const { status, expiresAt } = found;
  return status === "scheduled"
    ? { kind: "expires_before", expiresAt }
    : { kind: "too_late", status };
}
