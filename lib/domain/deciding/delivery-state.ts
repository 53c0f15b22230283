import type { MessageStatus } from "../words";
import type { Fate } from "./words";

/** A fate, or how far the message is that came of it. */
export type DeliveryState = Fate | "sent" | "delivered" | "failed";

type Delivery = { readonly fate: Fate; readonly messageStatus: MessageStatus | null };

/** What has become of a delivery so far. */
export function deliveryState({ fate, messageStatus }: Delivery): DeliveryState {
  if (fate !== "queued" || messageStatus === null) return fate;
  switch (messageStatus) {
    case "sent":
      return "sent";
    case "delivered":
    case "read":
      return "delivered";
    case "failed":
    case "undelivered":
    case "canceled":
    case "expired":
      return "failed";
    default:
      return "queued";
  }
}
