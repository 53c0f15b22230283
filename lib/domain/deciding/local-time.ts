import { tzOffset } from "@date-fns/tz";

/** Days as people name them, Monday first. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A moment as the clock on the wall shows it. */
export type LocalTime = {
  /** `2026-11-27`. */
  date: string;
  /** `07:00`. */
  time: string;
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What the wall's clock shows at a moment in an IANA zone. */
export function localTimeOf(at: Date, zone: string): LocalTime {
  const local = new Date(at.getTime() + tzOffset(zone, at) * MINUTE_MS).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16) };
}

/**
 * The moments at which the wall's clock shows this: one, or two where the hour comes twice. A time that
 * a clock change leaves out counts as so many minutes after the change as it is after the hour left out.
 */
export function momentsOf({ date, time }: LocalTime, zone: string): { first: Date; last: Date } {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const offsets = [-DAY_MS, DAY_MS].map((away) => tzOffset(zone, new Date(asUtc + away)));
  const moments = offsets.map((offset) => new Date(asUtc - offset * MINUTE_MS));
  const shown = moments.filter((moment) => {
    const local = localTimeOf(moment, zone);
    return local.date === date && local.time === time;
  });
  const [before = new Date(asUtc)] = moments;
  const times = (shown.length > 0 ? shown : [before]).map((moment) => moment.getTime());
  return { first: new Date(Math.min(...times)), last: new Date(Math.max(...times)) };
}

/** A date so many days later; before, where negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function weekdayOf(date: string): Weekday {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(day + 6) % 7] as Weekday;
}
