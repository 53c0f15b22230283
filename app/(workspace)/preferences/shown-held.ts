import type { FateTold, ShownHeld } from "@/components/preferences/held";
import type { NamedType } from "@/components/preferences/named-type";
import type { HeldBox } from "@/db/queries/held";
import type { DeliveryRow } from "@/db/writes/notifications";
import { sentenceOf } from "@/lib/domain/deciding/sentence";
import type { Locale } from "@/lib/domain/words";
import { inOrder } from "../notifications/delivery-line";

type Reader = { locale: Locale; zone: string };

/** Notifications of the held box that are drawn. */
export const SHOWN_HELD = 20;

/**
 * The held box as a screen shows it.
 * @param types for the holder of a link, who reads what each is about by its type alone; null: its title
 */
export function toShownHeld(
  box: HeldBox,
  reader: Reader,
  types: readonly NamedType[] | null,
): ShownHeld {
  const nameOf = (key: string) => types?.find((type) => type.key === key)?.name ?? key;
  return {
    total: box.total,
    nextReleaseAt: box.nextReleaseAt?.toISOString() ?? null,
    items: box.notifications.map(({ id, type, severity, title, createdAt, deliveries }) => ({
      id,
      title: types === null ? title : nameOf(type),
      severity,
      createdAt: createdAt.toISOString(),
      deliveries: toFates(deliveries, reader),
    })),
  };
}

/** What became of a notification, in words. */
export function toFates(deliveries: readonly DeliveryRow[], reader: Reader): FateTold[] {
  return inOrder(deliveries).map((one) => ({
    channel: one.channel,
    fate: one.fate,
    sentence: sentenceOf(one, reader),
  }));
}
