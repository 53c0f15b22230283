import { createTranslator } from "next-intl";
import { typeset } from "../../lib/i18n/messages";
import en from "../../messages/en.json" with { type: "json" };
import fr from "../../messages/fr.json" with { type: "json" };

/** What the screens say, so that a story looks for the sentence that a person would read. */
export const english = createTranslator({ locale: "en", messages: en });
export const french = createTranslator({ locale: "fr", messages: typeset(fr) });

export type Words = typeof english;
