import type { NamedType } from "@/components/preferences/named-type";
import type { TypeRegistry } from "@/lib/domain/notification-types/registry";
import type { Locale } from "@/lib/domain/words";

/** The workspace's types in the reader's language. */
export function toNamedTypes(types: TypeRegistry, locale: Locale): NamedType[] {
  return types.map(({ key, names, category, reminderPlan }) => {
    return { key, name: names[locale], category, hasOwnPlan: reminderPlan.length > 0 };
  });
}

/** The same by key alone. */
export function namesOf(types: TypeRegistry, locale: Locale): Record<string, string> {
  return Object.fromEntries(types.map(({ key, names }) => [key, names[locale]]));
}
