import type { Deps } from "../ports/deps";
import { writeWebhookSecret } from "./sign";

/** 43 characters of six bits are 32 bytes, as long as the signature's hash. */
const CHARACTERS = 43;

/** A secret as its owner is shown it, once, and as it is kept. */
export function newSecret(deps: Pick<Deps, "chance" | "cipher">) {
  const secret = writeWebhookSecret(Buffer.from(deps.chance.token(CHARACTERS), "base64url"));
  return { secret, secretSealed: deps.cipher.seal(secret) };
}
