import { isReminderOn, type Preferences } from "../deciding/preferences";
import type { TypeRegistry } from "../notification-types/registry";
import { planKeys } from "./read-reminded";
import type { ReminderRow } from "./reconcile-reminders";
import { type Settlement, settleReminders } from "./settle-reminders";

type Row = ReminderRow & {
  readonly personId: string;
  readonly plan: string;
  readonly subjectType: string;
  readonly subjectId: string;
};

/** Those of one person, subject and plan are settled together. */
export function bySubject<T extends Row>(rows: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.personId, row.plan, row.subjectType, row.subjectId]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

type Settling = { types: TypeRegistry; preferences: Preferences; now: Date };

/** What a look does with one of these groups, by what its person wants and the order of its plan. */
export function settleGroup(
  rows: readonly Row[],
  { types, preferences, now }: Settling,
): Settlement[] {
  const plan = rows[0]?.plan ?? "";
  const isWanted = (key: string) => isReminderOn(preferences, { plan, key });
  return settleReminders(rows, { isWanted, keys: planKeys(types, plan), now });
}
