import type { Locale } from "../words";
import type { NotificationType } from "./notification-type";
import { SEEN } from "./offered-codes";
import { READY_TYPES } from "./ready-types";
import { SECURITY_ALERTS } from "./security-alerts";

type Known = Pick<
  NotificationType,
  "key" | "kind" | "severities" | "isTimeSensitive" | "replyCodes"
> & { readonly category: string };

/** What is of no set, for systems that say everything themselves (R017). */
const PLAIN_TYPES: readonly Known[] = (["alert", "transactional", "reminder"] as const).map(
  (kind) => {
    const severities = ["medium", "low", "high", "critical"] as const;
    const replyCodes = kind === "alert" ? SEEN : [];
    return { key: kind, kind, category: kind, severities, isTimeSensitive: false, replyCodes };
  },
);

const KNOWN: readonly Known[] = [...READY_TYPES, ...PLAIN_TYPES];

/** null: there is none of that key. */
export function findNotificationType(key: string): Known | null {
  return KNOWN.find((known) => known.key === key) ?? null;
}

/** What people call a type; one that is of no set is called by its key. */
export function nameOfType(key: string, locale: Locale): string {
  return READY_TYPES.find((known) => known.key === key)?.names[locale] ?? key;
}

/** Every key that there is, in the order of their sets. */
export const NOTIFICATION_TYPE_KEYS: readonly string[] = KNOWN.map(({ key }) => key);

const SECURITY = "security.";

/** The types of `POST /alerts`, without the name of their set (R019). */
export const ALERT_TYPES: readonly string[] = SECURITY_ALERTS.map(({ key }) =>
  key.slice(SECURITY.length),
);

/** The type that an alert's `alertType` stands for. */
export function alertTypeKey(alertType: string): string {
  return SECURITY + alertType;
}
