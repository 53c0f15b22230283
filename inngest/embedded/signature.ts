import { createHmac } from "node:crypto";
import { canonicalJson } from "../../lib/domain/canonical-json";

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
