import { countryOfNumber } from "./country-of-number";
import type { Channel } from "./words";

/** Countries between whose numbers operators pass pictures on (reference §4, §1.1). */
const MMS_AREAS: readonly ReadonlySet<string>[] = [new Set(["US", "CA"]), new Set(["AU"])];
const SHORT_CODE = /^\d{3,8}$/;

/**
 * Does a picture travel as MMS? Only among numbers of the United States and Canada, and within Australia;
 * elsewhere Twilio makes a text of it, or refuses. A short code is of its recipient's country (it reaches
 * no other); a name carries text only.
 *
 * @param from our sender: E.164, short code or name
 * @param to E.164
 */
export function carriesMms(from: string, to: string): boolean {
  return carriesMmsTo(from, countryOfNumber(to));
}

/** The same for a recipient of whom only the country is known (ISO 3166-1 alpha-2); null: unknown. */
export function carriesMmsTo(from: string, country: string | null): boolean {
  const area = MMS_AREAS.find((countries) => country !== null && countries.has(country));
  if (!area) return false;
  const origin = SHORT_CODE.test(from) ? country : countryOfNumber(from);
  return origin !== null && area.has(origin);
}

/** How the files of a message travel: by their channel, or as links in its text. */
export type Carriage = Channel | "link";

/** @param country of the recipient, as `carriesMmsTo` */
export function carriageOf(
  channel: Channel,
  { from, country }: { from: string; country: string | null },
): Carriage {
  return channel === "sms" && !carriesMmsTo(from, country) ? "link" : channel;
}
