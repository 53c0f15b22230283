import type { Lane } from "./words";

/** R204 R221: attempts that count, at most. */
export const MAX_ATTEMPTS = 3;

const BASE_SECONDS: Record<Lane, number> = { interactive: 5, normal: 300 };
const JITTER = 0.2;

type RetryInput = {
  lane: Lane;
  /** Attempts that have counted so far, this one included: 1, 2 … */
  counted: number;
  /** Seconds the provider asked for; null: it did not. */
  retryAfter: number | null;
  /** In [0, 1): spreads the retries of a burst. */
  random: number;
};

/** Seconds until the next attempt: base × 2^(n−1) ± 20 %, and never before `Retry-After`. */
export function retryDelay(input: RetryInput): number {
  const plain = BASE_SECONDS[input.lane] * 2 ** (Math.max(1, input.counted) - 1);
  const jittered = plain * (1 - JITTER + 2 * JITTER * input.random);
  return Math.max(jittered, input.retryAfter ?? 0);
}
