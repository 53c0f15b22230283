import type { LoanTerm } from "./words";

/** When the reminders of a step are due, seen from the due date. */
export type StepTime =
  /** At an hour of the workspace's clock, so many days before the due date; 0: on that day. */
  | { readonly kind: "on_day"; readonly daysBefore: number; readonly time: string }
  /** So many seconds before the due time; none where only a date is known. */
  | { readonly kind: "before"; readonly seconds: number }
  /**
   * Every day at an hour of the workspace's clock once the due time has passed, the first so many days
   * after the due date or as soon as the hour lies after the due time.
   */
  | {
      readonly kind: "overdue";
      readonly time: string;
      readonly atMost: number;
      readonly daysAfter: number;
    }
  /** So many seconds after the due time; none where only a date is known. */
  | { readonly kind: "after"; readonly seconds: number };

export type ReminderStep = {
  /** Of its plan; of loans one of `REMINDER_KEYS`. */
  readonly key: string;
  /** Notification type that it is told as, whose templates word it. */
  readonly type: string;
  readonly when: StepTime;
  /** Only for loans of these terms; null: for all. */
  readonly terms: readonly LoanTerm[] | null;
  /** Seconds after its hour during which it is still of use; null: as long as the plan lets it live. */
  readonly usefulFor: number | null;
};

export type ReminderPlan = readonly ReminderStep[];

const HOUR = 3600;

const ALWAYS = { terms: null, usefulFor: null } as const;

/**
 * The plan of loans (R306–R311; "Reminders" of the domain rules). The reminder of two hours is of use
 * for 15 minutes, as all that is time-sensitive ("Deciding whether, where and when", note 1).
 */
export const LOAN_PLAN: ReminderPlan = [
  {
    ...ALWAYS,
    key: "J-2",
    type: "loan.due_in_2_days",
    when: { kind: "on_day", daysBefore: 2, time: "09:00" },
  },
  {
    ...ALWAYS,
    key: "J-1",
    type: "loan.due_tomorrow",
    when: { kind: "on_day", daysBefore: 1, time: "09:00" },
  },
  {
    ...ALWAYS,
    key: "day",
    type: "loan.due_today",
    when: { kind: "on_day", daysBefore: 0, time: "08:00" },
  },
  {
    key: "2h",
    type: "loan.due_in_2_hours",
    when: { kind: "before", seconds: 2 * HOUR },
    terms: ["medium"],
    usefulFor: HOUR / 4,
  },
  {
    ...ALWAYS,
    key: "overdue",
    type: "loan.overdue",
    when: { kind: "overdue", time: "10:00", atMost: 30, daysAfter: 0 },
  },
];
