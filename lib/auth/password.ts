import { hash, verify } from "@node-rs/argon2";

/** The package's number for argon2id; its const enum cannot be imported file by file. */
const ARGON2ID = 2;
/** argon2id with OWASP's second profile: 19 MiB, 2 passes, 1 lane. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), COST);
}

/**
 * Compares a password with what is stored. With nobody's hash (null) it does the same work and
 * answers false, so that the time an answer takes does not tell which addresses have an account.
 */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  const isRight = await verify(stored ?? (await nobodysHash()), password.normalize("NFC"));
  return stored !== null && isRight;
}

let nobody: Promise<string> | null = null;

function nobodysHash() {
  nobody ??= hashPassword("nobody has this password");
  return nobody;
}
