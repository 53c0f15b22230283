import { createHash, createHmac } from "node:crypto";
import type { Deps } from "../ports/deps";

/**
 * The token of a person's preference link: 132 bits of an HMAC by the key of links, so that each message
 * can carry the same one while only its hash is kept. Another version makes another.
 */
export function preferenceToken(
  { settings }: Pick<Deps, "settings">,
  { personId, version }: { personId: string; version: number },
): string {
  return createHmac("sha256", settings.linkSecret)
    .update(`preferences:${personId}:${version}`)
    .digest("base64url")
    .slice(0, 22);
}

/** As it is kept; the token is random enough to need no salt. */
export function hashPreferenceToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
