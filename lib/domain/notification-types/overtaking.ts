import type { NotificationType } from "./notification-type";
import { READY_TYPES } from "./ready-types";

const TYPES: readonly NotificationType[] = READY_TYPES;

/** Keys of the types of notification that an event makes pointless, where they tell of the same subject. */
export function overtakenBy(event: string): string[] {
  return TYPES.filter(({ canceledBy }) => canceledBy.includes(event)).map(({ key }) => key);
}

/** Does what is told of this event depend on what else is reported about its subject? */
export function isBoundToSubject(event: string): boolean {
  const type = TYPES.find(({ key }) => key === event);
  return (type?.canceledBy ?? []).length > 0 || overtakenBy(event).length > 0;
}

/**
 * Is an event pointless when it comes in, since one that overtakes it happened later? Those of the very
 * same moment leave each other alone.
 *
 * @param events when each type of event last happened to the subject, ISO 8601 UTC
 */
export function isOvertaken(
  { type, occurredAt }: { readonly type: string; readonly occurredAt: Date },
  events: Readonly<Record<string, string>>,
): boolean {
  const canceledBy = TYPES.find(({ key }) => key === type)?.canceledBy ?? [];
  return canceledBy.some((one) => {
    const at = events[one];
    return at !== undefined && new Date(at) > occurredAt;
  });
}
