import type { Deps } from "../ports/deps";
import { openToken, signToken } from "./signed-link";

/** Seconds a link works that a provider is given: as long as it may take to fetch. */
export const MEDIA_LINK_SECONDS = 24 * 3600;
/**
 * Seconds a link in a text works. A person may open it days later, on their return or to show it again;
 * a month covers that, and a file still does not stay open to whoever finds an old phone.
 */
export const TEXT_LINK_SECONDS = 30 * 24 * 3600;

type Signing = Pick<Deps, "settings" | "clock">;

/**
 * A public URL from which the provider can fetch an outbound file for 24 h: `<APP_URL>/m/<token>`.
 * The token holds the file's id and its end, signed with `settings.linkSecret`.
 */
export function signMediaLink(deps: Signing, mediaId: string): string {
  return signUntil(deps, mediaId, endAfter(deps.clock.now(), MEDIA_LINK_SECONDS));
}

/** The same as it stands in a text, for 30 days from the moment at which that is due. */
export function signTextLink(deps: Pick<Deps, "settings">, mediaId: string, due: Date): string {
  return signUntil(deps, mediaId, endAfter(due, TEXT_LINK_SECONDS));
}

/** UTF-16 units of a link, which are the same for every file; the composer counts with them. */
export function linkUnits(deps: Signing): number {
  return signTextLink(deps, NO_FILE, deps.clock.now()).length;
}

const NO_FILE = "00000000-0000-0000-0000-000000000000";

function endAfter(from: Date, seconds: number): number {
  return Math.floor(from.getTime() / 1000) + seconds;
}

function signUntil(deps: Pick<Deps, "settings">, mediaId: string, endsAt: number): string {
  const token = signToken(deps, "media-link", { id: mediaId, rest: endsAt.toString(36) });
  return `${deps.settings.appUrl}/m/${token}`;
}

export type MediaLink = { kind: "valid"; mediaId: string } | { kind: "expired" | "invalid" };

/** Reads the token of a link; constant time in the signature. */
export function openMediaLink(deps: Signing, token: string): MediaLink {
  const said = openToken(deps, "media-link", token);
  if (!said || said.rest === "") return { kind: "invalid" };
  const isOver = Number.parseInt(said.rest, 36) * 1000 <= deps.clock.now().getTime();
  return isOver ? { kind: "expired" } : { kind: "valid", mediaId: said.id };
}
