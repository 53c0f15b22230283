import type { NotificationKind, Severity } from "./deciding/words";

/** What kind of thing is told (glossary): by it the gates, and people's choices, apply. */
export type NotificationType = {
  /** As events and preferences name it. */
  readonly key: string;
  readonly category: string;
  readonly kind: NotificationKind;
  readonly severity: Severity;
  /** Of no use a quarter of an hour later. */
  readonly isTimeSensitive: boolean;
};

function type(
  key: string,
  kind: NotificationKind,
  severity: Severity,
  isTimeSensitive = false,
): NotificationType {
  const [category = key] = key.split(".");
  return { key, category, kind, severity, isTimeSensitive };
}

/** The ready sets (Argus' alerts, queue tickets, equipment loans), and what is of no set. */
const READY_TYPES: readonly NotificationType[] = [
  type("security.suspicious_object", "alert", "high"),
  type("security.anomaly", "alert", "medium"),
  type("security.high_frequency", "alert", "high"),
  type("security.off_hours", "alert", "medium"),
  type("ticket.created", "transactional", "low"),
  type("ticket.almost_called", "transactional", "medium"),
  type("ticket.called", "transactional", "high", true),
  type("loan.assigned", "transactional", "low"),
  type("loan.returned", "transactional", "low"),
  type("alert", "alert", "medium"),
  type("transactional", "transactional", "medium"),
  type("reminder", "reminder", "medium"),
];

/** null: there is none of that key. */
export function findNotificationType(key: string): NotificationType | null {
  return READY_TYPES.find((known) => known.key === key) ?? null;
}

/** Every key that there is, in the order of their sets. */
export const NOTIFICATION_TYPE_KEYS: readonly string[] = READY_TYPES.map(({ key }) => key);

/** The types of `POST /alerts`, without the name of their set. */
export const ALERT_TYPES: readonly string[] = READY_TYPES.flatMap(({ key, category }) =>
  category === "security" ? [key.slice(category.length + 1)] : [],
);

/** What people switch on and off; the words of screens know each. */
export const NOTIFICATION_CATEGORIES = ["security", "ticket", "loan"] as const;
