import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimitStore } from "../../db/writes/rate-limits";
import type { Deps } from "../ports/deps";

/** So many tries with one prefix and key within `seconds`. */
export type Limit = { prefix: string; points: number; seconds: number };

export function limiterOf(deps: Pick<Deps, "sql">, { prefix, points, seconds }: Limit) {
  return new RateLimiterPostgres({
    storeClient: rateLimitStore(deps.sql),
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    duration: seconds,
    keyPrefix: prefix,
    points,
  });
}

/**
 * Counts a try against limits, in the database and so over all processes.
 *
 * @returns seconds to wait, or 0 when the try may go on
 */
export async function countAgainst(
  deps: Pick<Deps, "sql">,
  all: readonly { limit: Limit; key: string }[],
): Promise<number> {
  const waits = await Promise.all(
    all.map(({ limit, key }) => consume(limiterOf(deps, limit), key)),
  );
  return Math.max(0, ...waits);
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
    throw refusal;
  }
}
