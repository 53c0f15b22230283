import type { Fate, NotificationChannel } from "../deciding/words";
import { MESSAGE_STATUSES, type MessageStatus } from "../words";

/** How far a delivery is: its fate, or how far the message is that came of it. */
export const DELIVERY_STATES = [
  "queued",
  "sent",
  "delivered",
  "failed",
  "canceled",
  "web",
  "held",
  "bundled",
  "refused",
  "expired",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** R223: `queued` is en_attente, `sent` and `delivered` are envoyé, `failed` is échoué. */
const OF_STATUS: Readonly<Record<MessageStatus, DeliveryState>> = {
  scheduled: "queued",
  queued: "queued",
  sending: "queued",
  unconfirmed: "queued",
  accepted: "queued",
  paused: "queued",
  sent: "sent",
  delivered: "delivered",
  read: "delivered",
  undelivered: "failed",
  failed: "failed",
  expired: "failed",
  canceled: "canceled",
  received: "delivered",
};

export function stateOfMessage(status: MessageStatus): DeliveryState {
  return OF_STATUS[status];
}

/** @param status of its message; null: it has none. */
export function stateOfDelivery(fate: Fate, status: MessageStatus | null): DeliveryState {
  return fate === "queued" && status !== null ? OF_STATUS[status] : fate;
}

/** The statuses of messages whose deliveries are in a state; empty: the state is a fate alone. */
export function statusesIn(state: DeliveryState): MessageStatus[] {
  return MESSAGE_STATUSES.filter((status) => OF_STATUS[status] === state);
}

/** Nothing arrived and nothing is under way: a person may ask for another try. */
export function mayBeResent(state: DeliveryState): boolean {
  return RESENDABLE.includes(state);
}

type Tried = {
  readonly channel: NotificationChannel;
  readonly insteadOf: NotificationChannel | null;
  readonly fate: Fate;
  /** Of its message; null: it has none. */
  readonly messageStatus: MessageStatus | null;
};

/**
 * The deliveries of a notification that may be. One that another channel stands in for reached its person
 * by that, unless it came to nothing there too.
 */
export function resendableOf<T extends Tried>(all: readonly T[]): T[] {
  const isOver = (one: Tried) => mayBeResent(stateOfDelivery(one.fate, one.messageStatus));
  return all.filter((one) => {
    const nextOnes = all.filter(({ insteadOf }) => insteadOf === one.channel);
    return isOver(one) && nextOnes.every(isOver);
  });
}

const RESENDABLE: readonly DeliveryState[] = ["failed", "canceled", "refused", "expired"];

/** What weighs most of a notification's deliveries comes first: what failed is never hidden. */
const WEIGHT: readonly DeliveryState[] = [
  "failed",
  "queued",
  "held",
  "bundled",
  "delivered",
  "sent",
  "web",
  "canceled",
  "expired",
  "refused",
];

/** How far a notification is as a whole; null: it was decided on no channel. */
export function overallState(states: readonly DeliveryState[]): DeliveryState | null {
  return WEIGHT.find((state) => states.includes(state)) ?? null;
}
