import type { DeliveryLine } from "@/components/notifications/delivery-line";
import type { NotificationWithDeliveries } from "@/db/queries/notifications";
import { sentenceOf } from "@/lib/domain/deciding/sentence";
import { NOTIFICATION_CHANNELS } from "@/lib/domain/deciding/words";
import { stateOfDelivery } from "@/lib/domain/history/delivery-state";
import type { Locale } from "@/lib/domain/words";

/** In whose language and by whose clock it is told. */
export type Reader = { locale: Locale; zone: string };

type Delivery = NotificationWithDeliveries["deliveries"][number];

/** What became of a notification, channel by channel, in the order that they have everywhere. */
export function toLines(deliveries: readonly Delivery[], reader: Reader): DeliveryLine[] {
  return inOrder(deliveries).map((delivery) => toLine(delivery, reader));
}

export function inOrder<D extends Pick<Delivery, "channel">>(deliveries: readonly D[]): D[] {
  const placeOf = ({ channel }: D) => NOTIFICATION_CHANNELS.indexOf(channel);
  return deliveries.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** That nothing stood in the way says nothing about how it then went. */
export function toLine(delivery: Delivery, reader: Reader): DeliveryLine {
  const { channel, fate, messageStatus, messageError, reason } = delivery;
  const state = stateOfDelivery(fate, messageStatus);
  return {
    channel,
    state,
    sentence: reason === "sends" ? null : sentenceOf(delivery, reader),
    error: state === "failed" ? messageError : null,
  };
}
