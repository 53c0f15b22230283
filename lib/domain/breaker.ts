/** An account's circuit breaker: nothing is sent before `until`; then one message probes. */
export type Breaker = {
  /** Milliseconds since 1970; null: closed. */
  readonly until: number | null;
  /** Times in a row that the provider could not be reached. */
  readonly failures: number;
};

export const CLOSED: Breaker = { until: null, failures: 0 };
const MAX_WAIT_MS = 30_000;

/**
 * The provider could not be reached: wait 1 s, doubling to 30 s, before the next probe. Failures
 * that come in while it is open already belong to the same burst and change nothing.
 *
 * @param scale Divides the wait (tests).
 */
export function openBreaker(breaker: Breaker, nowMs: number, scale: number): Breaker {
  if (isOpen(breaker, nowMs)) return breaker;
  const wait = Math.min(1000 * 2 ** Math.min(breaker.failures, 10), MAX_WAIT_MS);
  return { until: nowMs + wait / scale, failures: breaker.failures + 1 };
}

export function isOpen(breaker: Breaker, nowMs: number): boolean {
  return breaker.until !== null && breaker.until > nowMs;
}

/** Was it open, and has its wait passed? Then one message at a time goes out until one is answered. */
export function isProbing(breaker: Breaker, nowMs: number): boolean {
  return breaker.failures > 0 && !isOpen(breaker, nowMs);
}
