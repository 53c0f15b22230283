import parsePhoneNumber, { type CountryCode, isSupportedCountry } from "libphonenumber-js/max";
import { renumberGabon } from "./provider-address";

export type NormalisedPhone =
  | {
      ok: true;
      e164: string;
      /** ISO 3166-1 alpha-2, when the number belongs to one country. */
      country: string | null;
      /** The number was renumbered by its country (Gabon 2019): show the change to the user. */
      wasRenumbered: boolean;
    }
  | { ok: false; code: "invalid_phone_number"; message: string };

const INVALID: NormalisedPhone = {
  ok: false,
  code: "invalid_phone_number",
  message: "Numéro invalide: use the international format, like +33612345678",
};

/** Numbers of the overseas departments are dialled like French ones, but are other countries in E.164. */
const OVERSEAS: readonly CountryCode[] = ["GP", "RE", "MQ", "GF", "YT"];

/**
 * R410: any way of writing a phone number → E.164. National forms are read in `defaultCountry`
 * (ISO 3166-1 alpha-2; unknown ones count as FR). Short codes and alphanumeric ids are no phone numbers.
 */
export function normalisePhone(raw: string, defaultCountry: string): NormalisedPhone {
  const text = raw.trim();
  if (text.length > 40) return INVALID;
  const country = isSupportedCountry(defaultCountry) ? defaultCountry : "FR";
  const candidates = country === "FR" ? [country, ...OVERSEAS] : [country];
  for (const candidate of candidates) {
    const parsed = parsePhoneNumber(text, { defaultCountry: candidate, extract: false });
    if (parsed?.isValid()) return accept(parsed.number, parsed.country);
  }
  return INVALID;
}

function accept(number: string, country: string | undefined): NormalisedPhone {
  const e164 = renumberGabon(number);
  return { ok: true, e164, country: country ?? null, wasRenumbered: e164 !== number };
}
