import type { Locale } from "../words";
import { REPLY_ACTIONS, type ReplyAction, type ReplyCode, saidOnlyIn } from "./reply-code";

/** In the cheap alphabet of a text, and short: it stands behind words that may fill two parts. */
const SAID: Record<Locale, Record<ReplyAction, string>> = {
  fr: {
    acknowledge: "{word} si vu",
    confirm: "{word} pour confirmer",
    cancel: "{word} pour annuler",
  },
  en: {
    acknowledge: "{word} if seen",
    confirm: "{word} to confirm",
    cancel: "{word} to cancel",
  },
};

const REPLY: Record<Locale, string> = { fr: "Répondez", en: "Reply" };

/** What may be answered by text, as a sentence with one word for each action; empty: nothing. */
export function replyHint(codes: readonly ReplyCode[], locale: Locale): string {
  const said = REPLY_ACTIONS.flatMap((action) => {
    const word = wordFor(codes, action, locale);
    return word === null ? [] : [SAID[locale][action].replace("{word}", () => word)];
  });
  return said.length === 0 ? "" : `${REPLY[locale]} ${said.join(", ")}.`;
}

/** The first word of an action that is no word of another language, else its first. */
function wordFor(codes: readonly ReplyCode[], action: ReplyAction, locale: Locale): string | null {
  const words = codes.filter((code) => code.action === action).map(({ word }) => word);
  const [first = null] = words;
  return words.find((word) => [null, locale].includes(saidOnlyIn(word))) ?? first;
}
