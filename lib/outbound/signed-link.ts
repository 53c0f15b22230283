import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../ports/deps";

const MAC_BYTES = 18;
const TOKEN = /^([0-9a-f]{32})([0-9a-z]{0,9})\.([A-Za-z0-9_-]{24})$/;

type Needs = Pick<Deps, "settings">;
/** What a link may be used for; signed with it, so that a token of one kind never fits another. */
type Purpose = "media-link" | "unsubscribe";
/** A row's id and what else the link says, of digits and lower-case letters. */
type Said = { id: string; rest: string };

/** A token that says which row a link is about, signed with `settings.linkSecret`. */
export function signToken({ settings }: Needs, purpose: Purpose, { id, rest }: Said): string {
  const payload = id.replaceAll("-", "") + rest;
  return `${payload}.${mac(settings.linkSecret, purpose, payload).toString("base64url")}`;
}

/** null: it is not ours. Constant time in the signature. */
export function openToken({ settings }: Needs, purpose: Purpose, token: string): Said | null {
  const [, id, rest, signature] = TOKEN.exec(token) ?? [];
  if (!id || rest === undefined || !signature) return null;
  const given = Buffer.from(signature, "base64url");
  if (!timingSafeEqual(given, mac(settings.linkSecret, purpose, id + rest))) return null;
  return { id: withDashes(id), rest };
}

function mac(secret: string, purpose: Purpose, payload: string): Buffer {
  return createHmac("sha256", secret)
    .update(`${purpose}:${payload}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

function withDashes(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
