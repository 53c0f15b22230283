import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * An address as people write it: a number of the workspace's own country in its national form
 * (`01 99 00 12 34`), any other in the international one (`+44 20 7946 0018`); what is no E.164 stays.
 */
export function formatAddress(address: string, homeCountry: string | null): string {
  if (!address.startsWith("+")) return address;
  const number = parsePhoneNumberFromString(address);
  if (number === undefined) return address;
  const isHome = homeCountry !== null && number.country === (homeCountry as CountryCode);
  return isHome ? number.formatNational() : number.formatInternational();
}

/** Two letters that stand for a person: initials of the name, else the number's last two digits. */
export function initialsOf(name: string | null, address: string): string {
  const words = (name ?? "").trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined)
    return address.replace(/\D/gu, "").slice(-2) || "?";
  const letters = words.length === 1 ? [...first].slice(0, 2) : [[...first][0], [...last][0]];
  return letters.join("").toLocaleUpperCase();
}
