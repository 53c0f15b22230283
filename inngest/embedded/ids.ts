import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID: 48 bits of milliseconds, 80 bits of entropy, in Crockford's base 32. */
export function ulid(millis: number, entropy: Buffer = randomBytes(10)): string {
  let value = (BigInt(millis) << 80n) | BigInt(`0x${entropy.toString("hex")}`);
  let text = "";
  for (let i = 0; i < 26; i++) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}

/**
 * The ids of a batch from the SDK's `x-inngest-event-id-seed` (`<millis>,<base64 of 10 bytes>`): a send
 * that is repeated with the same seed gets the same ids, so it starts nothing twice.
 */
export function idsFromSeed(seed: string | undefined, count: number, now: number): string[] {
  const parsed = parseSeed(seed);
  return Array.from({ length: count }, (_, index) => {
    if (!parsed) return ulid(now);
    const entropy = Buffer.from(parsed.entropy);
    entropy.writeUInt32BE((entropy.readUInt32BE(6) + index) >>> 0, 6);
    return ulid(parsed.millis, entropy);
  });
}

function parseSeed(seed: string | undefined) {
  const [millis, encoded] = seed?.split(",") ?? [];
  const entropy = Buffer.from(encoded ?? "", "base64");
  const at = Number(millis);
  if (!Number.isSafeInteger(at) || at <= 0 || entropy.length !== 10) return null;
  return { millis: at, entropy };
}
