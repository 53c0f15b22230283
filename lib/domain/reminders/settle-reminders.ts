import type { ReminderRow } from "./reconcile-reminders";
import type { ExpiryReason, SkipReason } from "./words";

export type Settlement = { readonly id: string } & (
  | {
      readonly fate: "send";
      /** Whole seconds after its hour. */
      readonly lateBy: number;
    }
  | { readonly fate: "expired"; readonly reason: ExpiryReason }
  | { readonly fate: "skipped"; readonly reason: SkipReason }
);

type Settling = { isWanted: (key: string) => boolean; keys: readonly string[]; now: Date };

/**
 * What a look does with the rows of one plan, subject and recipient whose hour has come; it does not name those
 * that wait or are settled. Late ones are sent as long as they are of use, then they expire (C2, and
 * "Reminders" of the domain rules). Of several for the same moment the last of the plan speaks for all.
 * The job and its dry run take the same answer.
 *
 * @param isWanted does the recipient want this one at this moment? (R313: applies to future sends)
 * @param keys of the plan, in its order
 */
export function settleReminders(
  rows: readonly ReminderRow[],
  { isWanted, keys, now }: Settling,
): Settlement[] {
  // The later in a plan, the more it says: "in two hours" more than "today".
  const rank = ({ key }: ReminderRow) => keys.indexOf(key);
  const due = rows
    .filter(({ status, scheduledFor }) => status === "scheduled" && scheduledFor <= now)
    .sort((a, b) => a.scheduledFor.getTime() - b.scheduledFor.getTime() || rank(a) - rank(b));
  const last = due.filter((row) => isWanted(row.key) && row.expiresAt > now).at(-1);
  return due.map((row): Settlement => {
    const { id } = row;
    if (!isWanted(row.key)) return { id, fate: "skipped", reason: "switched_off" };
    if (row.expiresAt <= now) return { id, fate: "expired", reason: row.expiresFor };
    if (row !== last) return { id, fate: "expired", reason: "next_reminder_due" };
    const lateBy = Math.floor((now.getTime() - row.scheduledFor.getTime()) / 1000);
    return { id, fate: "send", lateBy };
  });
}
