import type { ClassifiableMessage } from "../classify";
import { readOptOut } from "../opt-out";
import { foldToLoneWord } from "./lone-word";
import { actionOf, isGreeting, READY_CODES, type ReplyAction, type ReplyCode } from "./reply-code";

/**
 * The word that an inbound message consists of, if it may be a code: in text or by a tapped button, without
 * files. Consent words and greetings never are. Where the provider alone says START ("YES" in some countries), the
 * word is a code as well: consent is given and the question answered.
 *
 * @returns the folded word; null: an ordinary message, which must reach a person
 */
export function readReplyWord(message: ClassifiableMessage): string | null {
  const { body, kind, mediaCount, optOut } = message;
  if (mediaCount > 0 || (kind !== "text" && kind !== "button")) return null;
  if (optOut !== null && optOut !== "opt_in") return null;
  const word = foldToLoneWord(body);
  if (word === null || isGreeting(word)) return null;
  return readOptOut(body, null) === null ? word : null;
}

/**
 * The reply code that a message is, whatever its case, accents, and the punctuation and spaces around it.
 * Anything more than the code makes it no code.
 *
 * @param codes those on offer; by default every ready word in French and English
 */
export function readReplyCode(
  message: ClassifiableMessage,
  codes: readonly ReplyCode[] = READY_CODES,
): { word: string; action: ReplyAction } | null {
  const word = readReplyWord(message);
  const action = word === null ? null : actionOf(word, codes);
  return word === null || action === null ? null : { word, action };
}
