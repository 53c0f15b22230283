/*
 * Real prices come later: a provider fills them into its list some time after a send. Its list is asked
 * for a whole UTC day at a time, so that a request brings up to a thousand prices.
 */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Hours after the end of a day at which its list is asked for first. */
export const FIRST_ASK_HOURS = 2;
/** Messages of a day's last moments are listed under the next day. */
const OVERLAP_MS = HOUR_MS;
/** Asked so often, a day is done with, whatever is missing: those prices do not come any more. */
const MAX_ASKS = 7;

/** `2026-11-30` of a moment. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** From when until when messages are listed for a day. */
export function rangeOfDay(day: string): { from: Date; until: Date } {
  const from = Date.parse(`${day}T00:00:00Z`);
  return { from: new Date(from), until: new Date(from + DAY_MS + OVERLAP_MS) };
}

/** When a day is asked for first. */
export function firstAsk(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS + FIRST_ASK_HOURS * HOUR_MS);
}

/**
 * When a day is asked for again after its list was read to the end; null: not any more.
 *
 * @param asks readings to the end, this one included
 * @param missing messages of the list without a price
 */
export function nextAsk(
  { asks, missing }: { asks: number; missing: number },
  now: Date,
): Date | null {
  if (missing === 0 || asks >= MAX_ASKS) return null;
  return new Date(now.getTime() + DAY_MS);
}

/** When it is tried again after the provider gave no answer. */
export function askAfterSilence(now: Date): Date {
  return new Date(now.getTime() + HOUR_MS);
}
