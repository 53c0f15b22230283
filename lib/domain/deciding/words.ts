/** What a notification is, by which the gates apply to it (domain rules, the table of gates). */
export const NOTIFICATION_KINDS = [
  "reply",
  "message",
  "alert",
  "transactional",
  "reminder",
  "system",
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** R021, weakest first. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Is a severity at least another one? */
export function isAtLeast(severity: Severity, minimum: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(minimum);
}

/** Where a notification can be shown: the channels of messages, and the bell inside the app. */
export const NOTIFICATION_CHANNELS = ["web", "email", "sms", "whatsapp"] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** What becomes of a notification on a channel. */
export const FATES = ["queued", "web", "held", "bundled", "refused", "expired"] as const;
export type Fate = (typeof FATES)[number];

/** Which reminders of a plan a person wants. */
export const REMINDER_KEYS = ["J-2", "J-1", "day", "2h", "overdue"] as const;
export type ReminderKey = (typeof REMINDER_KEYS)[number];
