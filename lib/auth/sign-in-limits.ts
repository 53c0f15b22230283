import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { rateLimitStore } from "../../db/writes/rate-limits";
import type { Deps } from "../ports/deps";
import { hashSecret } from "./secrets";

/** Tries within a quarter of an hour before one has to wait; seconds. */
const WINDOW = 15 * 60;
/** Wrong passwords, and links asked for, of one account and from one place. */
const SIGN_IN = { prefix: "sign-in", perEmail: 10, perAddress: 100 };
const RESET = { prefix: "reset", perEmail: 3, perAddress: 20 };
type Limits = typeof SIGN_IN;

export type SignInTry = { email: string; address: string | null };

/**
 * Counts a try before the password is looked at, so that a hundred at once do not all slip through.
 *
 * @returns seconds to wait, or 0 when the try may go on.
 */
export async function countTry(deps: Pick<Deps, "sql">, input: SignInTry): Promise<number> {
  return count(deps, SIGN_IN, input);
}

/** The same for links by which a forgotten password is replaced. */
export async function countResetRequest(
  deps: Pick<Deps, "sql">,
  input: SignInTry,
): Promise<number> {
  return count(deps, RESET, input);
}

async function count(deps: Pick<Deps, "sql">, limits: Limits, input: SignInTry) {
  const { perEmail, perAddress } = limiters(deps, limits);
  const waits = await Promise.all([
    consume(perEmail, keyOf(input.email)),
    input.address ? consume(perAddress, input.address) : 0,
  ]);
  return Math.max(...waits);
}

/** A right password wipes the address's slate clean and takes back what the try counted. */
export async function forgiveTry(deps: Pick<Deps, "sql">, input: SignInTry): Promise<void> {
  const { perEmail, perAddress } = limiters(deps, SIGN_IN);
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

function limiters(deps: Pick<Deps, "sql">, { prefix, perEmail, perAddress }: Limits) {
  const shared = {
    storeClient: rateLimitStore(deps.sql),
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    duration: WINDOW,
  };
  const of = (what: string, points: number) =>
    new RateLimiterPostgres({ ...shared, keyPrefix: `${prefix}:${what}`, points });
  return { perEmail: of("email", perEmail), perAddress: of("address", perAddress) };
}

/** An address book of who tries to sign in is nothing to keep. */
function keyOf(email: string) {
  return hashSecret(email).slice(0, 32);
}
