/**
 * A reminder is a row, unique on (subject, recipient, key of its plan, local date of the occurrence).
 *
 * - `scheduled`: waits for its hour; the only state from which it is sent, and sent once
 * - `sent`: handed on as a notification, for good
 * - `skipped`: was never to be sent: planned too late, its hour after the due time, not wanted
 * - `expired`: its hour came, and it was of no use any more when somebody looked
 * - `canceled`: the subject is closed, the due date changed, its type is gone, or somebody took it away, by
 *   hand or by a reply code
 *
 * Where a changed due date gives a row that was not sent an hour to come, it is `scheduled` again,
 * unless a person took it away.
 */
export const REMINDER_STATUSES = ["scheduled", "sent", "skipped", "expired", "canceled"] as const;
export type ReminderStatus = (typeof REMINDER_STATUSES)[number];

export const SKIP_REASONS = ["planned_too_late", "after_due_time", "switched_off"] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** What makes a reminder useless from its `expiresAt` on. */
export const EXPIRY_REASONS = [
  "next_reminder_due",
  "due_time_passed",
  "day_over",
  "not_in_time",
] as const;
export type ExpiryReason = (typeof EXPIRY_REASONS)[number];

export const CANCEL_REASONS = [
  "closed",
  "due_changed",
  "by_hand",
  "by_reply",
  "type_deleted",
] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** For how long something is lent, as the business system says it (R311). */
export const LOAN_TERMS = ["short", "medium", "long"] as const;
export type LoanTerm = (typeof LOAN_TERMS)[number];
