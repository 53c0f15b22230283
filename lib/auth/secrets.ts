import { createHash } from "node:crypto";
import type { Chance } from "../ports/chance";

/** How tokens and keys are stored: SHA-256 as hex. They are long and random, so no salt is needed. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** A secret for a link or a key, 192 bits, and what to store of it. */
export function mintSecret(chance: Pick<Chance, "token">) {
  const secret = chance.token(32);
  return { secret, hash: hashSecret(secret) };
}
