const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds from the end of one attempt to the next: eight attempts in all, over 27 h 35 min. */
export const WEBHOOK_DELAYS = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
] as const;
/** What an endpoint asks for beyond this is cut, so that none keeps a row waiting for ever. */
const LONGEST_WAIT = 10 * HOUR;
/** Later by up to a tenth, so that what failed together does not come back together. */
const JITTER = 0.1;

/** What an endpoint answered; `httpStatus` null: nothing (time-out, refused, broken off). */
export type WebhookAnswer = {
  readonly httpStatus: number | null;
  /** Seconds, by `readWait`; null: it did not ask. */
  readonly retryAfter: number | null;
};

/** `gone`: the endpoint is disabled and sent nothing more. `given_up`: only this event is. */
export type AttemptEnd =
  | { readonly kind: "delivered" | "given_up" | "gone" }
  | { readonly kind: "retry"; readonly at: Date };

/**
 * What follows an attempt (Standard Webhooks, "Delivery success and failure"): 2xx is success, 410 Gone
 * disables the endpoint, everything else, redirects too, is tried again by the schedule, and never before
 * `Retry-After`, of which at most 10 h are respected.
 *
 * @param input `attempt` 1, 2 …: the one that has ended `at`; `random` in [0, 1); `scale` divides the
 * schedule, 1 in real life
 */
export function afterAttempt(input: {
  attempt: number;
  answer: WebhookAnswer;
  at: Date;
  random: number;
  scale: number;
}): AttemptEnd {
  const { attempt, answer, at, random, scale } = input;
  const { httpStatus, retryAfter } = answer;
  if (httpStatus !== null && httpStatus >= 200 && httpStatus < 300) return { kind: "delivered" };
  if (httpStatus === 410) return { kind: "gone" };
  const delay = WEBHOOK_DELAYS[attempt - 1];
  if (delay === undefined) return { kind: "given_up" };
  const asked = Math.min(retryAfter ?? 0, LONGEST_WAIT);
  const seconds = Math.max((delay / scale) * (1 + JITTER * random), asked);
  return { kind: "retry", at: new Date(at.getTime() + Math.round(seconds * 1000)) };
}

/**
 * Seconds that a `Retry-After` header asks for, in either form of RFC 9110 §10.2.3 (seconds or a date);
 * null: absent or unreadable.
 */
export function readWait(header: string | null, at: Date): number | null {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const moment = /^[A-Z][a-z]{2,8}, .+ GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) return null;
  return Math.max(0, Math.ceil((moment - at.getTime()) / 1000));
}
