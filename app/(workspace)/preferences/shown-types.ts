import type { TypeRegistry } from "@/lib/domain/notification-types/registry";
import type { Locale } from "@/lib/domain/words";

/** A type as its reader knows it. */
export type ShownType = { key: string; name: string; category: string };

/** The workspace's types in the reader's language. */
export function toShownTypes(types: TypeRegistry, locale: Locale): ShownType[] {
  return types.map(({ key, names, category }) => ({ key, name: names[locale], category }));
}
