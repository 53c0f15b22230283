import { findPreferences } from "../../db/queries/preferences";
import {
  findNextReminderHours,
  findRemindersDue,
  type NamedReminder,
} from "../../db/queries/reminders";
import { DEFAULT_PREFERENCES } from "../domain/deciding/preferences";
import { type Settlement, settleReminders } from "../domain/reminders/settle-reminders";
import type { WorkspaceId } from "../domain/workspace-id";
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
  const [rows, next] = await Promise.all([
    findRemindersDue(db, { workspaceId, now, limit: MOST }),
    findNextReminderHours(db, { workspaceId, now, limit: NEXT }),
  ]);
  const personIds = [...new Set(rows.map(({ personId }) => personId))];
  const preferences = await findPreferences(db, { workspaceId, personIds });
  const settlements = new Map<string, Settlement>();
  for (const group of inGroups(rows)) {
    const switches = (preferences.get(group[0]?.personId ?? "") ?? DEFAULT_PREFERENCES).reminders;
    for (const one of settleReminders(group, { switches, now })) settlements.set(one.id, one);
  }
  const due = rows.flatMap((reminder) => {
    const settlement = settlements.get(reminder.id);
    return settlement ? [{ reminder, settlement }] : [];
  });
  return { due, next };
}

/** Those of one person and subject are decided together. */
function inGroups(rows: readonly NamedReminder[]): NamedReminder[][] {
  const groups = new Map<string, NamedReminder[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.personId, row.subjectType, row.subjectId]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}
