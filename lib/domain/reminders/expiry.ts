import { startOfNextDay } from "./due";
import type { ReminderStep } from "./plan";
import type { ExpiryReason } from "./words";

type Timed = { readonly step: ReminderStep; readonly date: string; readonly scheduledFor: Date };
type Expiry = { readonly expiresAt: Date; readonly expiresFor: ExpiryReason };

type Surroundings = {
  /** All of the plan, earliest first. */
  readonly all: readonly Timed[];
  readonly dueMoment: Date;
  readonly zone: string;
};

/**
 * When a reminder dies, and of what ("Reminders" of the domain rules): when the next of its plan is due,
 * the last one at the due time, an overdue one when its day is over; in any case when it is of no use
 * after so many seconds. Two for the same moment leave each other alone: whoever sends them chooses.
 */
export function expiryOf(timed: Timed, { all, dueMoment, zone }: Surroundings): Expiry {
  const { step, date, scheduledFor } = timed;
  const ends: Expiry[] = [];
  if (step.usefulFor !== null) {
    const expiresAt = new Date(scheduledFor.getTime() + step.usefulFor * 1000);
    ends.push({ expiresAt, expiresFor: "not_in_time" });
  }
  if (isOverdue(timed)) {
    return earliest({ expiresAt: startOfNextDay(date, zone), expiresFor: "day_over" }, ends);
  }
  const next = all.find((other) => !isOverdue(other) && other.scheduledFor > scheduledFor);
  if (next) ends.push({ expiresAt: next.scheduledFor, expiresFor: "next_reminder_due" });
  return earliest({ expiresAt: dueMoment, expiresFor: "due_time_passed" }, ends);
}

function isOverdue({ step }: Timed): boolean {
  return step.when.kind === "overdue" || step.when.kind === "after";
}

function earliest(first: Expiry, others: readonly Expiry[]): Expiry {
  return others.reduce((best, one) => (one.expiresAt < best.expiresAt ? one : best), first);
}
