import type { SendingTarget } from "../../db/queries/sending-target";
import { type Carriage, carriageOf } from "../domain/carries-mms";
import { countryOfNumber } from "../domain/country-of-number";
import { appendLinks } from "../domain/linked-text";
import type { Deps } from "../ports/deps";
import { signTextLink } from "./media-link";

/** A message as it is handed over. */
export type SentForm = {
  carriage: Carriage;
  /** A message whose files go as links is a text to everybody who carries it. */
  kind: "text" | "media";
  /** Where the files go as links, with these. */
  body: string;
  /** Set where the files go as links: see `linkedWords`. */
  content: { linkedWords: string } | null;
};

type Form = {
  target: Pick<SendingTarget, "channel" | "sender" | "address">;
  body: string;
  mediaIds: readonly string[];
  /** When it leaves at the earliest, from which its links count their days. */
  due: Date;
};

/**
 * In which form a message leaves. Settled when it is stored: so its price, its pace, its segments and the
 * look for it in the provider's list all go by the very text that the person gets.
 */
export function linkFiles(
  deps: Pick<Deps, "settings">,
  { target, body, mediaIds, due }: Form,
): SentForm {
  const { channel, sender, address } = target;
  const carriage = carriageOf(channel, { from: sender, country: countryOfNumber(address) });
  if (mediaIds.length === 0) return { carriage, kind: "text", body, content: null };
  if (carriage !== "link") return { carriage, kind: "media", body, content: null };
  const linked = withLinks(deps, { words: body, mediaIds, due });
  return { carriage, kind: "text", body: linked, content: { linkedWords: body } };
}

/** The words with links that count their days from `due`: those of an earlier send may be over. */
export function withLinks(
  deps: Pick<Deps, "settings">,
  { words, mediaIds, due }: { words: string; mediaIds: readonly string[]; due: Date },
): string {
  const links = mediaIds.map((id) => signTextLink(deps, id, due));
  return appendLinks(words, links);
}
