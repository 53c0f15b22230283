import { createHmac } from "node:crypto";

export type FormFields = readonly (readonly [string, string])[];

/**
 * X-Twilio-Signature of a form POST: base64(HMAC-SHA1(token, URL + Σ key + value)), keys by code
 * unit, a repeated key's unique values sorted. The fragment is never signed, and of https URLs
 * Twilio drops a port of their own.
 */
export function signForm(token: string, url: string, fields: FormFields): string {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of fields) {
    const known = values.get(key);
    if (known) known.add(value);
    else values.set(key, new Set([value]));
  }
  let text = signedUrl(url);
  for (const key of [...values.keys()].sort()) {
    for (const value of [...(values.get(key) ?? [])].sort()) text += key + value;
  }
  return createHmac("sha1", token).update(text).digest("base64");
}

function signedUrl(url: string): string {
  const bare = url.split("#", 1)[0] ?? url;
  return bare.startsWith("https:")
    ? bare.replace(/^(https:\/\/[^/?]*?):\d+(?=[/?]|$)/, "$1")
    : bare;
}

export function encodeForm(fields: FormFields): string {
  let text = "";
  for (const [key, value] of fields) {
    text += `${text ? "&" : ""}${key}=${encodeURIComponent(value)}`;
  }
  return text;
}
