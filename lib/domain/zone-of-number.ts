import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Countries of our customers that have one time zone; a country with several tells nothing. */
const ONLY_ZONES: Readonly<Record<string, string>> = {
  FR: "Europe/Paris",
  BE: "Europe/Brussels",
  CH: "Europe/Zurich",
  LU: "Europe/Luxembourg",
  MC: "Europe/Monaco",
  DE: "Europe/Berlin",
  IT: "Europe/Rome",
  GB: "Europe/London",
  IE: "Europe/Dublin",
  NL: "Europe/Amsterdam",
  GP: "America/Guadeloupe",
  MQ: "America/Martinique",
  GF: "America/Cayenne",
  RE: "Indian/Reunion",
  YT: "Indian/Mayotte",
  NC: "Pacific/Noumea",
  MA: "Africa/Casablanca",
  DZ: "Africa/Algiers",
  TN: "Africa/Tunis",
  SN: "Africa/Dakar",
  CI: "Africa/Abidjan",
  GA: "Africa/Libreville",
  CM: "Africa/Douala",
  ML: "Africa/Bamako",
  BJ: "Africa/Porto-Novo",
  TG: "Africa/Lome",
  BF: "Africa/Ouagadougou",
};

/** The only time zone of the country of an E.164 number; null when it has several or is unknown. */
export function zoneOfNumber(address: string): string | null {
  const country = parsePhoneNumberFromString(address)?.country;
  return country === undefined ? null : (ONLY_ZONES[country] ?? null);
}
