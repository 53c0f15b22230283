import { addDays, localTimeOf, momentsOf, weekdayOf } from "../deciding/local-time";
import type { WeeklyHours } from "../deciding/weekly-hours";

/** When something is due: at a moment, or on a date like `2026-11-30`. */
export type Due = { readonly dueAt: Date } | { readonly dueOn: string };

/** By whose clock and hours dates are read. */
export type Office = {
  /** IANA name. */
  readonly zone: string;
  /** Empty: none are set. */
  readonly workingHours: readonly WeeklyHours[];
};

/** The due date as the workspace's calendar shows it. */
export function dueDateOf(due: Due, { zone }: Office): string {
  return "dueOn" in due ? due.dueOn : localTimeOf(due.dueAt, zone).date;
}

/**
 * The moment from which it is overdue. A date means the end of that working day ("Reminders" of the
 * domain rules): of the last working hours that begin on it, else of the day itself.
 */
export function dueMomentOf(due: Due, { zone, workingHours }: Office): Date {
  if ("dueAt" in due) return due.dueAt;
  const ends = workingHours
    .filter(({ days }) => days.includes(weekdayOf(due.dueOn)))
    .map(({ start, end }) => {
      const date = end > start ? due.dueOn : addDays(due.dueOn, 1);
      return momentsOf({ date, time: end }, zone).last.getTime();
    });
  return ends.length > 0 ? new Date(Math.max(...ends)) : startOfNextDay(due.dueOn, zone);
}

/** The moment at which the day after a date begins. */
export function startOfNextDay(date: string, zone: string): Date {
  return momentsOf({ date: addDays(date, 1), time: "00:00" }, zone).first;
}
