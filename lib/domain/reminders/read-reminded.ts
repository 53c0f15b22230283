import {
  findRegistered,
  type RegisteredType,
  type TypeRegistry,
} from "../notification-types/registry";
import type { Subject } from "../subject";
import type { Reminded } from "./occurrences";
import { ownPlan } from "./own-plan";
import { LOAN_PLAN, type ReminderPlan } from "./plan";
import { LOAN_TERMS } from "./words";

/** Those that ship, by the type of the event that they begin with. */
const PLANS: Readonly<Record<string, ReminderPlan>> = { "loan.assigned": LOAN_PLAN };

type Reported = {
  readonly type: string;
  readonly subject: Subject | null;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The reminders that an event plans; null: none. */
export function planOf(types: TypeRegistry, { type: key, data }: Omit<Reported, "subject">) {
  const type = findRegistered(types, key);
  return type && hasPlan(type) ? (shippedPlan(key) ?? ownPlan(type, data)) : null;
}

/** Do events of this type plan reminders? */
function hasPlan({ key, reminderPlan }: RegisteredType): boolean {
  return shippedPlan(key) !== null || reminderPlan.length > 0;
}

/** The keys of the steps of a type's plan, in their order. */
export function planKeys(types: TypeRegistry, key: string): string[] {
  const steps = shippedPlan(key) ?? findRegistered(types, key)?.reminderPlan ?? [];
  return steps.map((step) => step.key);
}

function shippedPlan(key: string): ReminderPlan | null {
  return Object.hasOwn(PLANS, key) ? (PLANS[key] ?? null) : null;
}

export type ReadReminded =
  | { readonly ok: true; readonly reminded: Reminded }
  | { readonly ok: false; readonly fault: { path: string; message: string } };

/**
 * What reminders hang on, as an event says it: when its subject is due, and of a loan `data.loan_term`
 * (R311).
 */
export function readReminded({ type, subject, data }: Reported): ReadReminded {
  const given = shippedPlan(type) ? (data.loan_term ?? null) : null;
  const term = LOAN_TERMS.find((one) => one === given) ?? null;
  if (term === null && given !== null) {
    const message = `Must be ${LOAN_TERMS.join(", ")}, or be left out`;
    return { ok: false, fault: { path: "data.loan_term", message } };
  }
  if (subject?.dueAt)
    return { ok: true, reminded: { due: { dueAt: new Date(subject.dueAt) }, term } };
  if (subject?.dueOn) return { ok: true, reminded: { due: { dueOn: subject.dueOn }, term } };
  const message = "Is missing: reminders are planned by it; or give subject.dueOn";
  return { ok: false, fault: { path: "subject.dueAt", message } };
}
