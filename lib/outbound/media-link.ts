import { createHmac, timingSafeEqual } from "node:crypto";
import type { Deps } from "../ports/deps";

/** Seconds a link works: as long as a provider may take to fetch. */
export const MEDIA_LINK_SECONDS = 24 * 3600;

const MAC_BYTES = 18;
const TOKEN = /^([0-9a-f]{32})([0-9a-z]{1,9})\.([A-Za-z0-9_-]{24})$/;

/**
 * A public URL from which the provider can fetch an outbound file for 24 h: `<APP_URL>/m/<token>`.
 * The token holds the file's id and its end, signed with `settings.linkSecret`.
 */
export function signMediaLink(deps: Pick<Deps, "settings" | "clock">, mediaId: string): string {
  const endsAt = Math.floor(deps.clock.now().getTime() / 1000) + MEDIA_LINK_SECONDS;
  const payload = mediaId.replaceAll("-", "") + endsAt.toString(36);
  return `${deps.settings.appUrl}/m/${payload}.${sign(deps, payload).toString("base64url")}`;
}

export type MediaLink = { kind: "valid"; mediaId: string } | { kind: "expired" | "invalid" };

/** Reads the token of a link; constant time in the signature. */
export function openMediaLink(deps: Pick<Deps, "settings" | "clock">, token: string): MediaLink {
  const [, id, end, mac] = TOKEN.exec(token) ?? [];
  if (!id || !end || !mac) return { kind: "invalid" };
  const given = Buffer.from(mac, "base64url");
  if (!timingSafeEqual(given, sign(deps, id + end))) return { kind: "invalid" };
  const isOver = Number.parseInt(end, 36) * 1000 <= deps.clock.now().getTime();
  return isOver ? { kind: "expired" } : { kind: "valid", mediaId: withDashes(id) };
}

/** The purpose is signed too: a token of another kind of link never fits. */
function sign({ settings }: Pick<Deps, "settings">, payload: string): Buffer {
  const mac = createHmac("sha256", settings.linkSecret).update(`media-link:${payload}`);
  return mac.digest().subarray(0, MAC_BYTES);
}

function withDashes(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
