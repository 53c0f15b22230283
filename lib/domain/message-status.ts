import type { MessageStatus } from "./words";

/**
 * The order in which a message's status may move, and questions about a status.
 *
 * scheduled → queued → sending → accepted → sent → delivered → read, with `unconfirmed` between
 * sending and accepted, `failed` and `undelivered` beside delivered. Ranks from Twilio's document
 * of message statuses; callbacks come unordered, doubled and late.
 */
const RANKS: Record<MessageStatus, number> = {
  paused: 0,
  scheduled: 0,
  queued: 0,
  sending: 1,
  unconfirmed: 1,
  // Ended before the hand-over, as far as we knew: proof of the opposite outranks them.
  canceled: 2,
  expired: 2,
  accepted: 3,
  sent: 4,
  failed: 6,
  undelivered: 6,
  delivered: 6,
  read: 7,
  // Inbound never moves.
  received: 9,
};

/** Among receipts of the same rank, a tie of times goes to the greater. */
const RECEIPT_ORDER: Partial<Record<MessageStatus, number>> = {
  failed: 0,
  undelivered: 1,
  delivered: 2,
};

/** When the carrier said each of the two happened (ms since 1970); null where it did not say. */
export type CarrierTimes = { readonly current: number | null; readonly reported: number | null };

/**
 * Whether `reported` replaces `current`. A lower rank never does. `delivered` and `undelivered`:
 * the later carrier time wins when both carry one, else `delivered`, whatever the order of arrival.
 */
export function nextStatus(
  current: MessageStatus,
  reported: MessageStatus,
  times: CarrierTimes,
): MessageStatus {
  if (RANKS[reported] !== RANKS[current]) {
    return RANKS[reported] > RANKS[current] ? reported : current;
  }
  const [mine, theirs] = [RECEIPT_ORDER[current], RECEIPT_ORDER[reported]];
  if (mine === undefined || theirs === undefined) return current;
  const before = receiptTime(current, times.current);
  const after = receiptTime(reported, times.reported);
  if (after !== before) return after > before ? reported : current;
  return theirs > mine ? reported : current;
}

/** A delivery without a time beats every failure; a failure without one loses to every delivery. */
function receiptTime(status: MessageStatus, time: number | null): number {
  if (time !== null) return time;
  return status === "delivered" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** The provider's word in ours; null for words that say nothing about an outbound message. */
export function fromTwilioStatus(word: string): MessageStatus | null {
  switch (word) {
    case "scheduled":
    case "accepted":
    case "queued":
    case "sending":
      return "accepted";
    case "sent":
    case "partially_delivered":
      return "sent";
    case "delivered":
    case "read":
    case "undelivered":
    case "failed":
      return word;
    case "canceled":
      return "failed";
    default:
      return null;
  }
}

/** Did the provider take it and not (yet) say that it failed? */
export function isTaken(status: MessageStatus): boolean {
  return status === "accepted" || status === "sent" || status === "delivered" || status === "read";
}

/** Still on its way to the provider or waiting for proof: may yet leave. */
export function isUnderway(status: MessageStatus): boolean {
  return (
    status === "scheduled" ||
    status === "queued" ||
    status === "paused" ||
    status === "sending" ||
    status === "unconfirmed"
  );
}

/** Nothing will change by itself any more. `sent` may stay as it is, but a receipt can still come. */
export function isFinal(status: MessageStatus): boolean {
  return isFailure(status) || status === "canceled" || status === "read" || status === "received";
}

export function isFailure(status: MessageStatus): boolean {
  return status === "failed" || status === "undelivered" || status === "expired";
}

/** Not handed over yet, so it can still be taken back. */
export const CANCELABLE = ["scheduled", "queued", "paused"] as const satisfies MessageStatus[];

/** A person may have it sent again; for `unconfirmed` that is their decision. */
export const RETRYABLE = [
  "canceled",
  "failed",
  "undelivered",
  "expired",
  "unconfirmed",
] as const satisfies MessageStatus[];

/** R223 R314: the word of the systems this product replaces; null for inbound and canceled. */
export function oldStatusWord(status: MessageStatus): "en_attente" | "envoyé" | "échoué" | null {
  if (isUnderway(status) || status === "accepted") return "en_attente";
  if (status === "sent" || status === "delivered" || status === "read") return "envoyé";
  return isFailure(status) ? "échoué" : null;
}
