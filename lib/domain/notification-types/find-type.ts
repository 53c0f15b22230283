import type { NotificationType } from "./notification-type";
import { SEEN } from "./offered-codes";
import { findRegistered, type TypeRegistry } from "./registry";

type Known = Pick<
  NotificationType,
  "key" | "kind" | "category" | "severities" | "isTimeSensitive" | "replyCodes"
>;

/** What is of no set, for systems that say everything themselves (R017). */
const PLAIN_TYPES: readonly Known[] = (["alert", "transactional", "reminder"] as const).map(
  (kind) => {
    const severities = ["medium", "low", "high", "critical"] as const;
    const replyCodes = kind === "alert" ? SEEN : [];
    return { key: kind, kind, category: kind, severities, isTimeSensitive: false, replyCodes };
  },
);

/** null: there is none of that key, neither in the workspace nor for all. */
export function findNotificationType(types: TypeRegistry, key: string): Known | null {
  return findRegistered(types, key) ?? PLAIN_TYPES.find((plain) => plain.key === key) ?? null;
}

/** The type that an alert's `alertType` stands for: it is named without its set (R019). */
export function alertTypeKey(alertType: string): string {
  return `security.${alertType}`;
}

/** Every key that there is in a workspace, in the order of their sets. */
export function typeKeysOf(types: TypeRegistry): string[] {
  return [...types, ...PLAIN_TYPES].map(({ key }) => key);
}
