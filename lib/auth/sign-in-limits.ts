import type { Deps } from "../ports/deps";
import { countAgainst, type Limit, limiterOf } from "./count-against";
import { hashSecret } from "./secrets";

/** Tries within a quarter of an hour before one has to wait; seconds. */
const WINDOW = 15 * 60;
/** Wrong passwords, and links asked for, of one account and from one place. */
const SIGN_IN = limitsOf("sign-in", { perEmail: 10, perAddress: 100 });
const RESET = limitsOf("reset", { perEmail: 3, perAddress: 20 });
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

function count(deps: Pick<Deps, "sql">, limits: Limits, { email, address }: SignInTry) {
  return countAgainst(deps, [
    { limit: limits.perEmail, key: keyOf(email) },
    ...(address ? [{ limit: limits.perAddress, key: address }] : []),
  ]);
}

/** A right password wipes the address's slate clean and takes back what the try counted. */
export async function forgiveTry(deps: Pick<Deps, "sql">, input: SignInTry): Promise<void> {
  await limiterOf(deps, SIGN_IN.perEmail).delete(keyOf(input.email));
  if (input.address) await limiterOf(deps, SIGN_IN.perAddress).reward(input.address, 1);
}

function limitsOf(prefix: string, points: { perEmail: number; perAddress: number }) {
  const of = (what: string, count: number): Limit => {
    return { prefix: `${prefix}:${what}`, points: count, seconds: WINDOW };
  };
  return { perEmail: of("email", points.perEmail), perAddress: of("address", points.perAddress) };
}

/** An address book of who tries to sign in is nothing to keep. */
function keyOf(email: string) {
  return hashSecret(email).slice(0, 32);
}
