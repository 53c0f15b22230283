import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/min";

/** Calling codes that belong to one country; the others (+1, +44, +262 …) have to be parsed. */
const ONLY_COUNTRIES = findOnlyCountries();

function findOnlyCountries(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const shared = new Set<string>();
  for (const country of getCountries()) {
    const code = getCountryCallingCode(country);
    if (found.has(code)) shared.add(code);
    found.set(code, country);
  }
  for (const code of shared) found.delete(code);
  return found;
}

/**
 * ISO 3166-1 alpha-2 of an E.164 number; null for what is no number of one country: short codes,
 * names, WhatsApp ids, e-mail addresses. Cheap enough to be asked about every message that is sent.
 */
export function countryOfNumber(address: string): string | null {
  if (!/^\+[1-9]\d{6,14}$/.test(address)) return null;
  for (const length of [1, 2, 3]) {
    const country = ONLY_COUNTRIES.get(address.slice(1, 1 + length));
    if (country !== undefined) return country;
  }
  return parsePhoneNumberFromString(address)?.country ?? null;
}

/** The same of what somebody is typing, read as in their country; null: no number yet. */
export function countryOfTyped(text: string, homeCountry: string): string | null {
  const country = isSupportedCountry(homeCountry) ? homeCountry : "FR";
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return parsed?.country ?? null;
}
