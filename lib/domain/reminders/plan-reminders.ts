import type { Office } from "./due";
import { type Occurrence, occurrencesOf, type Reminded } from "./occurrences";
import type { ReminderPlan } from "./plan";
import type { SkipReason } from "./words";

/** A reminder as it is stored. */
export type PlannedReminder = Occurrence &
  (
    | { readonly status: "scheduled"; readonly reason: null }
    | { readonly status: "skipped"; readonly reason: SkipReason }
  );

/**
 * The rows of a subject that nobody is reminded of yet, for one recipient; also what a dry run shows.
 * What is past already is among them, skipped, so that a person sees why nothing came.
 */
export function planReminders(
  plan: ReminderPlan,
  { subject, office, now }: { subject: Reminded; office: Office; now: Date },
): PlannedReminder[] {
  return occurrencesOf(plan, subject, office).map((occurrence) => fileReminder(occurrence, now));
}

/**
 * An occurrence as the row that it is at this moment. One whose hour is this very moment is not past;
 * one whose hour comes after the due time is never sent.
 */
export function fileReminder(occurrence: Occurrence, now: Date): PlannedReminder {
  const { scheduledFor, expiresAt } = occurrence;
  if (expiresAt <= scheduledFor) {
    return { ...occurrence, status: "skipped", reason: "after_due_time" };
  }
  if (scheduledFor < now) return { ...occurrence, status: "skipped", reason: "planned_too_late" };
  return { ...occurrence, status: "scheduled", reason: null };
}
