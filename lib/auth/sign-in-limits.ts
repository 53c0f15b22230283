import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimitStore } from "../../db/writes/rate-limits";
import type { Deps } from "../ports/deps";
import { hashSecret } from "./secrets";

/** Wrong passwords within a quarter of an hour before one has to wait; seconds. */
const WINDOW = 15 * 60;
const PER_EMAIL = 10;
const PER_ADDRESS = 100;

export type SignInTry = { email: string; address: string | null };

/**
 * Counts a try before the password is looked at, so that a hundred at once do not all slip through.
 *
 * @returns seconds to wait, or 0 when the try may go on.
 */
export async function countTry(deps: Pick<Deps, "sql">, input: SignInTry): Promise<number> {
  const { perEmail, perAddress } = limiters(deps);
  const waits = await Promise.all([
    consume(perEmail, keyOf(input.email)),
    input.address ? consume(perAddress, input.address) : 0,
  ]);
  return Math.max(...waits);
}

/** A right password wipes the address's slate clean and takes back what the try counted. */
export async function forgiveTry(deps: Pick<Deps, "sql">, input: SignInTry): Promise<void> {
  const { perEmail, perAddress } = limiters(deps);
  await perEmail.delete(keyOf(input.email));
  if (input.address) await perAddress.reward(input.address, 1);
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

function limiters(deps: Pick<Deps, "sql">) {
  const shared = {
    storeClient: rateLimitStore(deps.sql),
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    duration: WINDOW,
  };
  return {
    perEmail: new RateLimiterPostgres({ ...shared, keyPrefix: "sign-in:email", points: PER_EMAIL }),
    perAddress: new RateLimiterPostgres({
      ...shared,
      keyPrefix: "sign-in:address",
      points: PER_ADDRESS,
    }),
  };
}

/** An address book of who tries to sign in is nothing to keep. */
function keyOf(email: string) {
  return hashSecret(email).slice(0, 32);
}
