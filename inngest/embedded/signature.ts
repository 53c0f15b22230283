import { createHmac } from "node:crypto";

/**
 * JSON as RFC 8785 (JCS) writes it: keys in UTF-16 order, no spaces. Both sides sign this form, so
 * white space and key order on the wire do not matter.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
}

/**
 * The `x-inngest-signature` of a body: `t=<unix seconds>&s=<hex HMAC-SHA256 of canonical body + t>`.
 *
 * @param signingKey With or without its `signkey-…-` prefix, which is not part of the key.
 * @param at Unix time in seconds; the app accepts ±5 min.
 */
export function signBody(body: unknown, signingKey: string, at: number): string {
  const key = signingKey.replace(/^signkey-\w+-/, "");
  const t = Math.floor(at).toString();
  const mac = createHmac("sha256", key).update(canonicalJson(body)).update(t).digest("hex");
  return `t=${t}&s=${mac}`;
}
