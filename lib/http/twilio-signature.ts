import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { FormPairs } from "./form-body";

export type SignedRequest = {
  /** The account's current token and, while it is being rotated, the next one. */
  tokens: readonly string[];
  /** The X-Twilio-Signature header. */
  signature: string | undefined;
  /** Public origin + path + raw query, as it is configured at Twilio. */
  url: string;
  /** The form's pairs, or the raw bytes of a JSON body. */
  body: { form: FormPairs } | { raw: Buffer };
};

/**
 * Did Twilio sign this request with one of the tokens? `base64(HMAC-SHA1(token, URL + Σ name value))`,
 * names sorted by code unit, repeated values once each and sorted (reference/twilio.md §5). A JSON
 * body is signed by its SHA-256 in the query. Constant time in the signature; never throws.
 */
export function isSignedByTwilio(request: SignedRequest): boolean {
  const given = decodeSignature(request.signature);
  if (!given) return false;
  const url = withoutFragment(request.url);
  if ("raw" in request.body && !matchesBodyHash(url, request.body.raw)) return false;
  const tail = "form" in request.body ? concatenate(request.body.form) : "";
  return urlForms(url).some((form) =>
    request.tokens.some((token) => token !== "" && matches(token, form + tail, given)),
  );
}

/** What Twilio would put into the header. Used by the simulator, tests and benchmarks. */
export function signTwilioRequest(token: string, url: string, form: FormPairs): string {
  return hmac(token, withoutFragment(url) + concatenate(form)).toString("base64");
}

function matches(token: string, data: string, given: Buffer): boolean {
  return timingSafeEqual(hmac(token, data), given);
}

function hmac(token: string, data: string): Buffer {
  return createHmac("sha1", token).update(data, "utf8").digest();
}

const SHA1_BASE64 = /^[A-Za-z0-9+/]{27}=$/;

function decodeSignature(signature: string | undefined): Buffer | null {
  if (!signature || !SHA1_BASE64.test(signature)) return null;
  return Buffer.from(signature, "base64");
}

function concatenate(form: FormPairs): string {
  const sorted = [...form].sort(byNameThenValue);
  let text = "";
  let last: readonly [string, string] | undefined;
  for (const pair of sorted) {
    if (last && last[0] === pair[0] && last[1] === pair[1]) continue;
    text += pair[0] + pair[1];
    last = pair;
  }
  return text;
}

function byNameThenValue(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] === b[1]) return 0;
  return a[1] < b[1] ? -1 : 1;
}

function withoutFragment(url: string): string {
  const hash = url.indexOf("#");
  return hash < 0 ? url : url.slice(0, hash);
}

const PARTS = /^([a-z]+):\/\/((?:[^/?@]*@)?(?:\[[^\]]*\]|[^/?:]*))(:\d+)?([/?].*)?$/is;

/**
 * Twilio signs custom ports sometimes with and sometimes without the port, and escapes `'` in a
 * query that was configured with it. The forms are tried in the order of likelihood.
 */
function urlForms(url: string): readonly string[] {
  const parts = PARTS.exec(url);
  if (!parts) return [url];
  const [, scheme = "", host = "", port, rest = ""] = parts;
  const standard = scheme.toLowerCase() === "https" ? ":443" : ":80";
  const other = `${scheme}://${host}${port ? "" : standard}${rest}`;
  const forms = [url, other];
  return rest.includes("'") ? [...forms, ...forms.map(escapeQuote)] : forms;
}

function escapeQuote(url: string): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query) + url.slice(query).replaceAll("'", "%27");
}

function matchesBodyHash(url: string, raw: Buffer): boolean {
  const hash = /[?&]bodySHA256=([0-9a-fA-F]{64})(?:&|$)/.exec(url)?.[1];
  if (!hash) return false;
  return timingSafeEqual(createHash("sha256").update(raw).digest(), Buffer.from(hash, "hex"));
}
