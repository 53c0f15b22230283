import type { AbstractIntlMessages } from "next-intl";
import type { Locale } from "../domain/words";

/** The words of one language. */
export async function readMessages(locale: Locale): Promise<AbstractIntlMessages> {
  switch (locale) {
    case "fr":
      return (await import("../../messages/fr.json")).default;
    case "en":
      return (await import("../../messages/en.json")).default;
    default:
      return locale satisfies never;
  }
}
