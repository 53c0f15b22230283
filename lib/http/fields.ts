import { z } from "zod";

/** Fields that many resources of the API share. */
export const id = z.uuid("Must be a UUID");
export const idParams = z.object({ id });

/** ISO 8601 UTC, as answers carry it. */
export const time = z.iso.datetime().meta({ example: "2026-11-20T09:54:25.222Z" });

/** ISO 8601 with any offset, as requests may say it, of the years that a clock may show. */
export const moment = z.iso
  .datetime({ offset: true, error: "Must be an ISO 8601 time, like 2026-11-20T09:00:00Z" })
  .transform((text) => new Date(text))
  .refine(isWithinYears(1970, 9999), "Must lie between the years 1970 and 9999")
  .meta({ type: "string", format: "date-time", example: "2026-11-21T08:00:00Z" });

/** A moment that something is put off to: what ends days after it must be storable too. */
export const plannedMoment = moment.refine(
  isWithinYears(1970, 2999),
  "Must lie before the year 3000",
);

export const locale = z.enum(["fr", "en"]);

export const timeZone = z
  .string()
  .refine(isTimeZone, "Must be an IANA time zone, like Europe/Paris")
  .meta({ example: "Europe/Paris" });

/** One line of text. */
export function line(max: number) {
  return z.string().trim().min(1, "Must not be empty").max(max, `At most ${max} characters`);
}

/** A person's words over several lines. */
export function words(max: number) {
  return z.string().trim().max(max, `At most ${max} characters`);
}

/** Free data of the client's own; kept and given back as it came. */
export const freeData = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 8192, "At most 8192 characters of JSON");

/** In UTC, both included. */
function isWithinYears(first: number, last: number) {
  return (time: Date) => time.getUTCFullYear() >= first && time.getUTCFullYear() <= last;
}

function isTimeZone(name: string) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
