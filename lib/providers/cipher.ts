import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import type { Cipher } from "../ports/cipher";

type Key = { id: string; bytes: Buffer };

/** Credentials are short, and opened for every webhook and run; a sealed text is read once. */
const MAX_REMEMBERED_LENGTH = 300;
const MAX_REMEMBERED = 200;

/**
 * AES-256-GCM. An envelope is `v1.<key id>.<iv>.<tag>.<cipher text>`, base64url, so a new key can be
 * put in front while old envelopes stay readable. Short ones that were opened stay open in memory.
 *
 * @param keys The first seals; all open. Each is 32 bytes as hex or base64.
 * @throws when a key is not 32 bytes.
 */
export function createCipher(keys: readonly string[]): Cipher {
  const ring = keys.map(parseKey);
  const [current] = ring;
  if (!current) throw new Error("ENCRYPTION_KEY: at least one key is needed");
  const remembered = new Map<string, string>();
  return {
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", current.bytes, iv);
      const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [
        "v1",
        current.id,
        ...[iv, cipher.getAuthTag(), text].map((b) => b.toString("base64url")),
      ].join(".");
    },
    open(sealed) {
      const known = remembered.get(sealed);
      if (known !== undefined) return known;
      const plain = openEnvelope(ring, sealed);
      if (sealed.length <= MAX_REMEMBERED_LENGTH) {
        if (remembered.size >= MAX_REMEMBERED) remembered.clear();
        remembered.set(sealed, plain);
      }
      return plain;
    },
  };
}

function openEnvelope(ring: readonly Key[], sealed: string): string {
  const [version, keyId, iv, tag, text] = sealed.split(".");
  const key = ring.find((candidate) => candidate.id === keyId);
  if (version !== "v1" || !key || !iv || !tag || text === undefined) {
    throw new Error(`sealed with a key that is not in ENCRYPTION_KEY (key id ${keyId ?? "?"})`);
  }
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(iv, "base64url"));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([
    decipher.update(Buffer.from(text, "base64url")),
    decipher.final(),
  ]).toString("utf8");
}

function parseKey(text: string): Key {
  const bytes = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, "hex")
    : Buffer.from(text, "base64");
  if (bytes.length !== 32)
    throw new Error("ENCRYPTION_KEY: each key is 32 bytes, as 64 hex digits or base64");
  return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 8), bytes };
}
