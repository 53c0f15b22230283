import type { Locale } from "../words";
import type { CodeVerdict } from "./judge-reply";
import type { ReplyAction } from "./reply-code";

/** In the cheap alphabet of a text; `{title}` is the notification's. */
const CONFIRMATIONS: Record<ReplyAction, Record<Locale, string>> = {
  acknowledge: { en: "Noted: {title}", fr: "C'est noté : {title}" },
  confirm: { en: "Confirmed, thank you: {title}", fr: "Confirmé, merci : {title}" },
  cancel: { en: "Cancellation noted: {title}", fr: "Annulation notée : {title}" },
};

const WHICH: Record<Locale, string> = {
  en: "Which one do you mean? Reply with its number:",
  fr: "De quoi s'agit-il ? Répondez par le numéro :",
};

/** Characters of a title: a list of nine stays within five parts of a text. */
const LONGEST_TITLE = 60;

/** What is answered to a code: what it has done, or the numbered list of what it might mean. */
export function replyText(
  verdict: CodeVerdict<{ readonly title: string }>,
  locale: Locale,
): string {
  switch (verdict.kind) {
    case "matched": {
      const title = shortTitle(verdict.notification.title);
      return CONFIRMATIONS[verdict.action][locale].replace("{title}", () => title);
    }
    case "ambiguous": {
      const lines = verdict.choices.map(
        ({ notification }, nth) => `${nth + 1}. ${shortTitle(notification.title)}`,
      );
      return [WHICH[locale], ...lines].join("\n");
    }
    default:
      return verdict satisfies never;
  }
}

function shortTitle(title: string): string {
  const line = title.replace(/\s+/g, " ").trim();
  const signs = [...line];
  return signs.length <= LONGEST_TITLE ? line : `${signs.slice(0, LONGEST_TITLE - 3).join("")}...`;
}
