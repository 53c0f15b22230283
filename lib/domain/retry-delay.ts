import type { Lane } from "./words";

/** R204 R221: how often a message that the provider refuses for now is tried; a workspace's own. */
export type RetryRules = {
  /** That count: the provider answered about the message. */
  readonly maxAttempts: number;
  /** Before the second try of the normal lane; a reply does not wait that long. */
  readonly delaySeconds: number;
};

export const DEFAULT_RETRIES: RetryRules = { maxAttempts: 3, delaySeconds: 300 };

const INTERACTIVE_SECONDS = 5;
const JITTER = 0.2;

type RetryInput = {
  lane: Lane;
  /** Attempts that have counted so far, this one included: 1, 2 … */
  counted: number;
  /** Seconds the provider asked for; null: it did not. */
  retryAfter: number | null;
  /** In [0, 1): spreads the retries of a burst. */
  random: number;
  rules: RetryRules;
};

/** Seconds until the next attempt: base × 2^(n−1) ± 20 %, and never before `Retry-After`. */
export function retryDelay(input: RetryInput): number {
  const base = input.lane === "interactive" ? INTERACTIVE_SECONDS : input.rules.delaySeconds;
  const plain = base * 2 ** (Math.max(1, input.counted) - 1);
  const jittered = plain * (1 - JITTER + 2 * JITTER * input.random);
  return Math.max(jittered, input.retryAfter ?? 0);
}
