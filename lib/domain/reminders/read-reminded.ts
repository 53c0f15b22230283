import type { Subject } from "../subject";
import type { Reminded } from "./occurrences";
import { LOAN_PLAN, type ReminderPlan } from "./plan";
import { LOAN_TERMS } from "./words";

/** By the type of the event that they begin with. */
const PLANS: Readonly<Record<string, ReminderPlan>> = { "loan.assigned": LOAN_PLAN };

/** The reminders that an event plans; null: none. */
export function planOf(event: string): ReminderPlan | null {
  return Object.hasOwn(PLANS, event) ? (PLANS[event] ?? null) : null;
}

type Reported = {
  readonly subject: Subject | null;
  readonly data: Readonly<Record<string, unknown>>;
};

export type ReadReminded =
  | { readonly ok: true; readonly reminded: Reminded }
  | { readonly ok: false; readonly fault: { path: string; message: string } };

/** What reminders hang on, as an event says it: when its subject is due, and `data.loan_term` (R311). */
export function readReminded({ subject, data }: Reported): ReadReminded {
  const term = LOAN_TERMS.find((one) => one === data.loan_term) ?? null;
  if (term === null && (data.loan_term ?? null) !== null) {
    const message = `Must be ${LOAN_TERMS.join(", ")}, or be left out`;
    return { ok: false, fault: { path: "data.loan_term", message } };
  }
  if (subject?.dueAt)
    return { ok: true, reminded: { due: { dueAt: new Date(subject.dueAt) }, term } };
  if (subject?.dueOn) return { ok: true, reminded: { due: { dueOn: subject.dueOn }, term } };
  const message = "Is missing: reminders are planned by it; or give subject.dueOn";
  return { ok: false, fault: { path: "subject.dueAt", message } };
}
