import { addDays, localTimeOf, momentsOf } from "../deciding/local-time";
import { type Due, dueDateOf, dueMomentOf, type Office } from "./due";
import { expiryOf } from "./expiry";
import type { ReminderPlan, ReminderStep } from "./plan";
import type { ExpiryReason, LoanTerm } from "./words";

/** What the reminders of one subject hang on. */
export type Reminded = {
  readonly due: Due;
  /** null: it has none, or none was reported. */
  readonly term: LoanTerm | null;
};

/** One time that a plan reminds of one subject. */
export type Occurrence = {
  /** Of its step. */
  readonly key: string;
  /** Notification type that it is told as. */
  readonly type: string;
  /** In the workspace's calendar; with the key it is unique for a subject and a recipient. */
  readonly date: string;
  readonly scheduledFor: Date;
  /** From here on it is of no use; at or before `scheduledFor` where it never is. */
  readonly expiresAt: Date;
  readonly expiresFor: ExpiryReason;
};

/**
 * All times that a plan reminds of a subject, in their order, whatever the time is now: each once for its
 * key and local date, at the hour that the workspace's clock shows, also where that changes ("Reminders"
 * of the domain rules).
 */
export function occurrencesOf(
  plan: ReminderPlan,
  { due, term }: Reminded,
  office: Office,
): Occurrence[] {
  const timed = plan
    .filter(({ terms }) => terms === null || (term !== null && terms.includes(term)))
    .flatMap((step) => timesOf(step, due, office).map((time) => ({ step, ...time })));
  const once = new Map<string, (typeof timed)[number]>();
  for (const one of timed) {
    const identity = `${one.step.key} ${one.date}`;
    if (!once.has(identity)) once.set(identity, one);
  }
  const all = [...once.values()].sort(
    (a, b) => a.scheduledFor.getTime() - b.scheduledFor.getTime(),
  );
  const dueMoment = dueMomentOf(due, office);
  return all.map(({ step, date, scheduledFor }) => ({
    key: step.key,
    type: step.type,
    date,
    scheduledFor,
    ...expiryOf({ step, date, scheduledFor }, { all, dueMoment, zone: office.zone }),
  }));
}

type Time = Pick<Occurrence, "date" | "scheduledFor">;

function timesOf({ when }: ReminderStep, due: Due, office: Office): Time[] {
  const { zone } = office;
  switch (when.kind) {
    case "on_day":
      return [atHour(addDays(dueDateOf(due, office), -when.daysBefore), when.time, zone)];
    case "before": {
      if ("dueOn" in due) return [];
      const scheduledFor = new Date(due.dueAt.getTime() - when.seconds * 1000);
      return [{ date: localTimeOf(scheduledFor, zone).date, scheduledFor }];
    }
    case "overdue": {
      const first = firstDateAfter(due, when, office);
      const days = Array.from({ length: when.atMost }, (_, n) => addDays(first, n));
      return days.map((date) => atHour(date, when.time, zone));
    }
    case "after": {
      if ("dueOn" in due) return [];
      const scheduledFor = new Date(due.dueAt.getTime() + when.seconds * 1000);
      return [{ date: localTimeOf(scheduledFor, zone).date, scheduledFor }];
    }
    default:
      return when satisfies never;
  }
}

/** An hour that does not come is passed over, of one that comes twice it is the first: `momentsOf`. */
function atHour(date: string, time: string, zone: string): Time {
  return { date, scheduledFor: momentsOf({ date, time }, zone).first };
}

type Late = { time: string; daysAfter: number };

/**
 * The first date, so many days after the due one or later, on which this hour lies after the due time;
 * at it nothing is overdue yet.
 */
function firstDateAfter(due: Due, { time, daysAfter }: Late, office: Office): string {
  const dueMoment = dueMomentOf(due, office);
  let date = addDays(dueDateOf(due, office), daysAfter);
  while (atHour(date, time, office.zone).scheduledFor <= dueMoment) date = addDays(date, 1);
  return date;
}
