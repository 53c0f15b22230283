import type { Occurrence } from "./occurrences";
import { fileReminder, type PlannedReminder } from "./plan-reminders";
import type { CancelReason, ExpiryReason, ReminderStatus, SkipReason } from "./words";

/** A stored reminder of one subject for one recipient. */
export type ReminderRow = Occurrence & {
  readonly id: string;
  readonly status: ReminderStatus;
  readonly reason: SkipReason | ExpiryReason | CancelReason | null;
};

/** What is to be written; in any order, since no row moves to where another one is. */
export type ReminderChanges = {
  add: PlannedReminder[];
  move: { id: string; to: PlannedReminder }[];
  cancel: { id: string; reason: CancelReason }[];
};

/**
 * What a changed due date, term or plan makes of the rows of one subject and recipient: what is unsent
 * moves, what has no place any more is canceled, what is new is added ("Reminders" of the domain rules).
 * What was sent stays, and keeps its key and local date from being sent again. The same again changes
 * nothing, even at a moment at which a row is due and waits for the next look.
 *
 * @param wanted by `occurrencesOf`, of the plan and the due date as they are now
 */
export function reconcileReminders(
  rows: readonly ReminderRow[],
  { wanted, now }: { wanted: readonly Occurrence[]; now: Date },
): ReminderChanges {
  const rowOf = new Map(rows.map((row) => [identityOf(row), row]));
  const places = new Set(wanted.map(identityOf));
  const spare = rows.filter((row) => row.status === "scheduled" && !places.has(identityOf(row)));
  const changes: ReminderChanges = { add: [], move: [], cancel: [] };
  for (const occurrence of wanted) {
    const here = rowOf.get(identityOf(occurrence));
    if (here) {
      const to = renew(here, occurrence, now);
      if (to) changes.move.push({ id: here.id, to });
      continue;
    }
    const to = fileReminder(occurrence, now);
    const moved = spare.findIndex(({ key }) => key === occurrence.key);
    const [row] = moved < 0 ? [] : spare.splice(moved, 1);
    if (row) changes.move.push({ id: row.id, to });
    else changes.add.push(to);
  }
  changes.cancel = cancelReminders(spare, "due_changed");
  return changes;
}

/** What is canceled once a subject is closed, such as a loan returned: all that waits. */
export function cancelReminders(
  rows: readonly ReminderRow[],
  reason: CancelReason,
): ReminderChanges["cancel"] {
  return rows.filter(({ status }) => status === "scheduled").map(({ id }) => ({ id, reason }));
}

/** What becomes of the row that has an occurrence's key and date already; null: it stays as it is. */
function renew(row: ReminderRow, occurrence: Occurrence, now: Date): PlannedReminder | null {
  switch (row.status) {
    case "sent":
      return null;
    case "scheduled":
      return renewScheduled(row, occurrence, now);
    case "skipped":
    case "expired":
    case "canceled": {
      if (row.reason === "by_hand" || row.reason === "by_reply") return null;
      const to = fileReminder(occurrence, now);
      return to.status === "scheduled" ? to : null;
    }
    default:
      return row.status satisfies never;
  }
}

/** One whose hour stays is left to the next look, which sends or expires it. */
function renewScheduled(
  row: ReminderRow,
  occurrence: Occurrence,
  now: Date,
): PlannedReminder | null {
  if (!isSame(row.scheduledFor, occurrence.scheduledFor)) return fileReminder(occurrence, now);
  const isKept =
    isSame(row.expiresAt, occurrence.expiresAt) &&
    row.expiresFor === occurrence.expiresFor &&
    row.type === occurrence.type;
  return isKept ? null : fileReminder(occurrence, earlier(now, row.scheduledFor));
}

function isSame(a: Date, b: Date): boolean {
  return a.getTime() === b.getTime();
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function identityOf({ key, date }: Pick<Occurrence, "key" | "date">): string {
  return `${key} ${date}`;
}
