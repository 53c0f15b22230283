import { findPreferences } from "../../db/queries/preferences";
import {
  findNextReminderHours,
  findRemindersDue,
  type NamedReminder,
} from "../../db/queries/reminders";
import { DEFAULT_PREFERENCES } from "../domain/deciding/preferences";
import { bySubject, settleGroup } from "../domain/reminders/settle-group";
import type { Settlement } from "../domain/reminders/settle-reminders";
import type { WorkspaceId } from "../domain/workspace-id";
import { readTypes } from "../notifications/read-types";
import type { Deps } from "../ports/deps";

/** What the next look would do, and when others will have something to send. */
export type ReminderPreview = {
  /** Oldest first, `MOST` at most. */
  due: { reminder: NamedReminder; settlement: Settlement }[];
  next: { at: Date; count: number }[];
};

const MOST = 200;
const NEXT = 10;

/**
 * The dry run of a workspace's reminders: each one whose hour has come, with what would become of it at
 * this moment, and the next ten hours. Changes nothing. A sent one still meets the gates.
 */
export async function previewReminders(
  { db, clock }: Pick<Deps, "db" | "clock">,
  workspaceId: WorkspaceId,
): Promise<ReminderPreview> {
  const now = clock.now();
  const [rows, next, types] = await Promise.all([
    findRemindersDue(db, { workspaceId, now, limit: MOST }),
    findNextReminderHours(db, { workspaceId, now, limit: NEXT }),
    readTypes(db, workspaceId),
  ]);
  const personIds = [...new Set(rows.map(({ personId }) => personId))];
  const preferences = await findPreferences(db, { workspaceId, personIds });
  const settlements = new Map<string, Settlement>();
  for (const group of bySubject(rows)) {
    const of = preferences.get(group[0]?.personId ?? "") ?? DEFAULT_PREFERENCES;
    const settled = settleGroup(group, { types, preferences: of, now });
    for (const one of settled) settlements.set(one.id, one);
  }
  const due = rows.flatMap((reminder) => {
    const settlement = settlements.get(reminder.id);
    return settlement ? [{ reminder, settlement }] : [];
  });
  return { due, next };
}
