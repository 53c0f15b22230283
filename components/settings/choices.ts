import { getCountries } from "libphonenumber-js/max";
import type { Locale } from "@/lib/domain/words";
import type { Country } from "./country-select";

/** Countries with phone numbers, by name in the reader's language. */
export function listCountries(locale: Locale): Country[] {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return getCountries()
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
}

export function listTimeZones(): string[] {
  return [...Intl.supportedValuesOf("timeZone"), "UTC"];
}
