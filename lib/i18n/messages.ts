import type { AbstractIntlMessages } from "next-intl";
import { typesetFrench } from "../domain/typeset-french";
import type { Locale } from "../domain/words";

let french: AbstractIntlMessages | undefined;

/** The words of one language, set as its typography wants them. */
export async function readMessages(locale: Locale): Promise<AbstractIntlMessages> {
  switch (locale) {
    case "fr":
      french ??= typeset((await import("../../messages/fr.json")).default);
      return french;
    case "en":
      return (await import("../../messages/en.json")).default;
    default:
      return locale satisfies never;
  }
}

/** Every text of a tree of messages. */
export function typeset<T extends AbstractIntlMessages>(messages: T): T {
  const entries = Object.entries(messages).map(([key, value]) => [
    key,
    typeof value === "string" ? typesetFrench(value) : typeset(value),
  ]);
  return Object.fromEntries(entries) as T;
}
