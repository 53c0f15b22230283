import { addDays, localTimeOf, momentsOf, type Weekday, weekdayOf } from "./local-time";

/** Hours of some days of the week, by the wall's clock; `end` at or before `start` is the next day's. */
export type WeeklyHours = {
  readonly days: readonly Weekday[];
  /** `22:00`. */
  readonly start: string;
  /** `07:00`; a night belongs to the day it starts on. */
  readonly end: string;
};

/** Hours that follow each other without a gap are followed for so many days. */
const FOLLOWED_DAYS = 8;

/**
 * When the hours in which a moment lies are over, as one time where they follow each other without a
 * gap; null: it lies in none. Where the clock goes back, hours begin at the first of two equal times
 * and end at the second.
 */
export function endOfHours(hours: readonly WeeklyHours[], at: Date, zone: string): Date | null {
  const first = localTimeOf(at, zone).date;
  const spans = Array.from({ length: FOLLOWED_DAYS + 2 }, (_, n) => addDays(first, n - 1))
    .flatMap((date) => spansOf(hours, date, zone))
    .sort((a, b) => a.start - b.start);
  const moment = at.getTime();
  let end: number | null = null;
  for (const span of spans) {
    if (span.start <= (end ?? moment) && span.end > (end ?? moment)) end = span.end;
  }
  return end === null ? null : new Date(end);
}

/**
 * When the next hours begin, for a moment outside of them.
 * @returns null where there are none
 */
export function nextHours(hours: readonly WeeklyHours[], at: Date, zone: string): Date | null {
  const first = localTimeOf(at, zone).date;
  const starts = Array.from({ length: FOLLOWED_DAYS }, (_, n) => addDays(first, n))
    .flatMap((date) => spansOf(hours, date, zone))
    .map(({ start }) => start)
    .filter((start) => start > at.getTime());
  return starts.length === 0 ? null : new Date(Math.min(...starts));
}

type Span = { start: number; end: number };

/** The hours that begin on a date. */
function spansOf(hours: readonly WeeklyHours[], date: string, zone: string): Span[] {
  const day = weekdayOf(date);
  return hours
    .filter(({ days }) => days.includes(day))
    .map(({ start, end }) => ({
      start: momentsOf({ date, time: start }, zone).first.getTime(),
      end: momentsOf(
        { date: end > start ? date : addDays(date, 1), time: end },
        zone,
      ).last.getTime(),
    }));
}
