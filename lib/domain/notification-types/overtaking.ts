import type { NotificationType } from "./notification-type";

type Types = readonly NotificationType[];

/** Keys of the types of notification that an event makes pointless, where they tell of the same subject. */
export function overtakenBy(types: Types, event: string): string[] {
  return types.filter(({ canceledBy }) => canceledBy.includes(event)).map(({ key }) => key);
}

/** Does what is told of this event depend on what else is reported about its subject? */
export function isBoundToSubject(types: Types, event: string): boolean {
  const type = types.find(({ key }) => key === event);
  return (type?.canceledBy ?? []).length > 0 || overtakenBy(types, event).length > 0;
}

/**
 * Is an event pointless when it comes in, since one that overtakes it happened later? Those of the very
 * same moment leave each other alone.
 *
 * @param events when each type of event last happened to the subject, ISO 8601 UTC
 */
export function isOvertaken(
  types: Types,
  { type, occurredAt }: { readonly type: string; readonly occurredAt: Date },
  events: Readonly<Record<string, string>>,
): boolean {
  const canceledBy = types.find(({ key }) => key === type)?.canceledBy ?? [];
  return canceledBy.some((one) => {
    const at = events[one];
    return at !== undefined && new Date(at) > occurredAt;
  });
}
