import type { Locale } from "../../words";

/**
 * What one type says in one language, by channel. An SMS keeps to the cheap alphabet: no `ê`, no `’`, no
 * space that does not break. Behind each text comes what may be answered to it.
 */
export type Wording = {
  readonly sms: string;
  readonly whatsapp: string;
  /** The subject is text, the body HTML, into which every value is put escaped. */
  readonly email: { readonly subject: string; readonly body: string };
};

export type Wordings = Readonly<Record<Locale, Wording>>;

const NAME = '{% if customer_name != "" %} {{ customer_name }}{% endif %}';

/** A greeting, with the name where there is one. */
export const HELLO = { fr: `Bonjour${NAME},`, en: `Hello${NAME},` } as const;

/** The address behind a text, where there is one. */
export const LINK_AFTER_TEXT = '{% if link != "" %} {{ link }}{% endif %}';
export const LINK_BELOW_TEXT = '{% if link != "" %}\n{{ link }}{% endif %}';

/** What may be answered by text, where that is anything. */
export const HINT_AFTER_TEXT = '{% if reply_hint != "" %} {{ reply_hint }}{% endif %}';
export const HINT_BELOW_TEXT = '{% if reply_hint != "" %}\n{{ reply_hint }}{% endif %}';

/** Paragraphs of an e-mail, one a line. */
export function paragraphs(...lines: readonly string[]): string {
  return lines.map((line) => `<p>${line}</p>`).join("\n");
}

/** A paragraph with a link of these words; nothing where the notification brings no link. */
export function linkParagraph(words: string): string {
  return `\n{% if link != "" %}<p><a href="{{ link }}">${words}</a></p>{% endif %}`;
}
