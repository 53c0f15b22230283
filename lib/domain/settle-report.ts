import { isTaken, nextStatus } from "./message-status";
import type { MessageStatus } from "./words";

type ReportInput = {
  message: {
    status: MessageStatus;
    /** Number of its current attempt. */
    attempt: number;
    /** The provider's id that the message shows. */
    providerId: string | null;
  };
  attempt: {
    number: number;
    /** The highest status reported about it; null: nothing yet. */
    status: MessageStatus | null;
    /** Carrier time of that status, ms since 1970. */
    carrierAt: number | null;
    providerId: string | null;
  };
  /** In our words. */
  reported: MessageStatus;
  carrierAt: number | null;
};

export type ReportEffect = {
  attemptStatus: MessageStatus;
  carrierAt: number | null;
  messageStatus: MessageStatus;
  /** Proof that an earlier attempt left although a later one is under way or has left too. */
  isEarlierProof: boolean;
};

/**
 * What a provider's report about one attempt does (Message status): it moves its own attempt by
 * rank, and the message only if it shows that attempt. Proof that an attempt was taken also cancels
 * a row that was put back into the queue.
 */
export function settleReport({ message, attempt, reported, carrierAt }: ReportInput): ReportEffect {
  const before = attempt.status ?? "sending";
  const times = { current: attempt.carrierAt, reported: carrierAt };
  const attemptStatus = nextStatus(before, reported, times);
  const isReplaced = attemptStatus !== before || (reported === before && isLater(times));
  const newTime = isReplaced ? carrierAt : attempt.carrierAt;
  const effect = { attemptStatus, carrierAt: newTime, messageStatus: message.status };

  if (isWaiting(message.status)) {
    const messageStatus = isTaken(attemptStatus) ? attemptStatus : message.status;
    return { ...effect, messageStatus, isEarlierProof: false };
  }
  if (!isShown(message, attempt)) {
    return { ...effect, isEarlierProof: isTaken(attemptStatus) };
  }
  const isEnded = message.status === "canceled" || message.status === "expired";
  if (isEnded && !isTaken(attemptStatus)) return { ...effect, isEarlierProof: false };
  const shown = { current: attempt.carrierAt, reported: newTime };
  const messageStatus = nextStatus(message.status, attemptStatus, shown);
  return { ...effect, messageStatus, isEarlierProof: false };
}

function isLater(times: { current: number | null; reported: number | null }) {
  return times.reported !== null && times.reported > (times.current ?? Number.NEGATIVE_INFINITY);
}

/** Back in the queue after an attempt. */
function isWaiting(status: MessageStatus) {
  return status === "queued" || status === "scheduled" || status === "paused";
}

/** Is this the attempt whose fate the message shows? An adopted earlier one is known by its id. */
function isShown(message: ReportInput["message"], attempt: ReportInput["attempt"]) {
  if (message.providerId !== null && attempt.providerId !== null) {
    return message.providerId === attempt.providerId;
  }
  return attempt.number === message.attempt;
}
