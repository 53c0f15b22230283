import { readOptOut } from "../opt-out";
import { LOCALES, type Locale } from "../words";
import { foldToLoneWord } from "./lone-word";

/** What an answer by code does to the notification that asked for it. */
export const REPLY_ACTIONS = ["acknowledge", "confirm", "cancel"] as const;
export type ReplyAction = (typeof REPLY_ACTIONS)[number];

/** A word that a notification type offers in its texts ("Répondez OUI pour confirmer"). */
export type ReplyCode = { readonly word: string; readonly action: ReplyAction };

/**
 * Words that are understood in French and English wherever their action is offered, folded. CANCEL is
 * missing, since it is an opt-out word; so are NON and NO, which do not say whether somebody cancels or only
 * does not confirm. A type may offer those two by itself.
 */
export const READY_WORDS: Readonly<Record<ReplyAction, readonly string[]>> = {
  acknowledge: "OK VU RECU ACK SEEN RECEIVED ACKNOWLEDGE ACKNOWLEDGED".split(" "),
  confirm: "OUI CONFIRMER CONFIRME YES CONFIRM CONFIRMED".split(" "),
  cancel: "ANNULER ANNULE ANNULEZ ANNULATION CANCELED CANCELLED CANCELLATION".split(" "),
};

/** Of the ready words those of one language; OK is everybody's. */
const SAID_IN: Readonly<Record<Locale, ReadonlySet<string>>> = {
  fr: new Set("VU RECU OUI CONFIRMER CONFIRME ANNULER ANNULE ANNULEZ ANNULATION".split(" ")),
  en: new Set(
    (
      "ACK SEEN RECEIVED ACKNOWLEDGE ACKNOWLEDGED YES CONFIRM CONFIRMED " +
      "CANCELED CANCELLED CANCELLATION"
    ).split(" "),
  ),
};

/** The language to which a ready word belongs; null: to none, or to all. */
export function saidOnlyIn(word: string): Locale | null {
  const folded = foldToLoneWord(word) ?? "";
  return LOCALES.find((locale) => SAID_IN[locale].has(folded)) ?? null;
}

/** How talks begin and end. They are no codes: whoever greets has something to say next. */
const GREETINGS = new Set(
  (
    "BONJOUR BJR BONSOIR SALUT COUCOU ALLO MERCI HELLO HI HEY THANKS THX " +
    "MADAME MONSIEUR URGENT URGENCE EMERGENCY"
  ).split(" "),
);

/** @param word as `foldToLoneWord` gives it */
export function isGreeting(word: string): boolean {
  return GREETINGS.has(word);
}

/** Every ready word with what it does. */
export const READY_CODES: readonly ReplyCode[] = REPLY_ACTIONS.flatMap((action) =>
  READY_WORDS[action].map((word) => ({ word, action })),
);

/**
 * What a word does where these codes are offered; null: nothing. The type's own words come first, then the
 * ready words of the actions it offers, so that who is written to in French may answer YES.
 *
 * @param word as `foldToLoneWord` gives it
 */
export function actionOf(word: string, codes: readonly ReplyCode[]): ReplyAction | null {
  const own = codes.find((code) => foldToLoneWord(code.word) === word);
  if (own) return own.action;
  return codes.find(({ action }) => READY_WORDS[action].includes(word))?.action ?? null;
}

/**
 * `consent_word`: it would stop or start messages, or call for help, instead of answering. `greeting`: it
 * opens a talk, or calls for a person.
 */
export type CodeFault = {
  readonly word: string;
  readonly fault: "not_one_word" | "consent_word" | "greeting" | "two_meanings";
};

/**
 * What is wrong with the codes of a type or template; empty: nothing. Codes that are opt-out words are
 * refused (domain rules, "Reply codes"), and so is what could never be read back: no lone word of 1 to 20
 * letters and digits, or one that would do two things.
 */
export function checkReplyCodes(codes: readonly ReplyCode[]): readonly CodeFault[] {
  return codes.flatMap(({ word, action }) => {
    const folded = foldToLoneWord(word);
    if (readOptOut(word, null) !== null) return { word, fault: "consent_word" };
    if (folded === null) return { word, fault: "not_one_word" };
    if (isGreeting(folded)) return { word, fault: "greeting" };
    return actionOf(folded, codes) === action ? [] : { word, fault: "two_meanings" };
  });
}
