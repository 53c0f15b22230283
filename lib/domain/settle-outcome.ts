import { describeError } from "./provider-errors";
import { type RetryRules, retryDelay } from "./retry-delay";
import type { FailureOutcome } from "./send-failure";
import type { AttemptOutcome, Lane, MessageStatus } from "./words";

/** What became of one attempt: the port's outcomes, and one that never began in time. */
export type AttemptEnd =
  | FailureOutcome
  | {
      readonly kind: "accepted";
      readonly providerId: string;
      readonly segments: number | null;
      /** The provider tells nothing more: `sent` is the last that is known. */
      readonly isLastWord?: true;
    }
  | { readonly kind: "not_started" };

type SettleInput = {
  end: AttemptEnd;
  lane: Lane;
  /** Attempts that counted before this one. */
  counted: number;
  now: Date;
  /** In [0, 1). */
  random: number;
  /** Divides the waits (tests). */
  scale: number;
  /** Of the message's workspace. */
  rules: RetryRules;
};

export type Settlement = {
  outcome: AttemptOutcome;
  status: MessageStatus;
  statusReason: string | null;
  providerId: string | null;
  segments: number | null;
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  sendAfter: Date | null;
  isCounted: boolean;
  event: string;
};

const NOTHING = {
  statusReason: null,
  providerId: null,
  segments: null,
  httpStatus: null,
  errorCode: null,
  errorMessage: null,
  sendAfter: null,
} as const;

/** What an attempt's end makes of its message (Sending 5). */
export function settleOutcome(input: SettleInput): Settlement {
  const { end } = input;
  switch (end.kind) {
    case "accepted": {
      const { providerId, segments } = end;
      const event = "accepted";
      const status = end.isLastWord ? "sent" : "accepted";
      return { ...NOTHING, ...taken(event), status, providerId, segments };
    }
    case "rejected": {
      const { code, message, httpStatus, fault } = end;
      const told = { errorCode: code, errorMessage: message, httpStatus, statusReason: fault };
      const stop = stopOf(end);
      if (stop) return { ...NOTHING, ...told, ...stopped(stop) };
      return { ...NOTHING, ...told, outcome: "rejected", status: "failed", ...counted("failed") };
    }
    case "retry":
      return end.isThrottle ? waitAgain("throttled", "retry") : tryAgain(input, end);
    case "unreachable":
      return { ...waitAgain("unreachable", "unreachable"), errorMessage: end.reason };
    case "not_started":
      return waitAgain(null, "unreachable");
    case "unknown": {
      const told = { errorMessage: end.reason, httpStatus: end.httpStatus };
      const why = { statusReason: "unknown_outcome", event: "unconfirmed", isCounted: false };
      return { ...NOTHING, ...told, ...why, outcome: "unknown", status: "unconfirmed" };
    }
    default:
      return end satisfies never;
  }
}

/** What a refusal says about more than its message: the whole account, or this sender; null: nothing. */
export function stopOf(end: AttemptEnd): "account" | "sender" | null {
  if (end.kind !== "rejected" || end.fault !== "configuration") return null;
  const { scope } = describeError(end.code);
  return scope === "message" ? null : scope;
}

/** Nothing is wrong with the message: it waits for the repair, and the try does not count. */
function stopped(scope: "account" | "sender") {
  return {
    outcome: "rejected" as const,
    status: "paused" as const,
    statusReason: PAUSE_REASONS[scope],
    isCounted: false,
    event: "paused",
  };
}

/** `statusReason` of the rows that a stopped account or sender holds back. */
export const PAUSE_REASONS = { account: "account_stopped", sender: "sender_stopped" } as const;

function taken(event: string) {
  return { outcome: "accepted" as const, ...counted(event) };
}

function counted(event: string) {
  return { isCounted: true, event };
}

/** Back to the queue with its due time unchanged: the provider said nothing about this message. */
function waitAgain(statusReason: string | null, outcome: AttemptOutcome): Settlement {
  const status = "queued" as const;
  return { ...NOTHING, outcome, status, statusReason, isCounted: false, event: "waiting" };
}

/** A transient refusal: again after a while, until the attempts that count are used up. */
function tryAgain(input: SettleInput, end: Extract<AttemptEnd, { kind: "retry" }>): Settlement {
  const told = { errorCode: end.code, errorMessage: end.message, outcome: "retry" as const };
  const nth = input.counted + 1;
  if (nth >= input.rules.maxAttempts) {
    const why = { statusReason: "attempts_exhausted", status: "failed" as const };
    return { ...NOTHING, ...told, ...why, ...counted("failed") };
  }
  const { lane, random, rules } = input;
  const seconds = retryDelay({ lane, counted: nth, retryAfter: end.retryAfter, random, rules });
  const sendAfter = later(input.now, (seconds * 1000) / input.scale);
  const why = { statusReason: "retry", status: "queued" as const, sendAfter };
  return { ...NOTHING, ...told, ...why, ...counted("retry_planned") };
}

function later(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}
