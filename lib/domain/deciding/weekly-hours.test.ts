import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, localTimeOf, momentsOf, WEEKDAYS, weekdayOf } from "./local-time";
import { endOfHours, nextHours, type WeeklyHours } from "./weekly-hours";

const ZONES = [
  "Europe/Paris",
  "Africa/Dakar",
  "America/Guadeloupe",
  "Asia/Kathmandu",
  "Pacific/Noumea",
];

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "15", "30"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
const hours = fc.record({
  days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  start: time,
  end: time,
});
/** No clock changes in these months. */
const moment = fc
  .integer({ min: Date.UTC(2026, 4, 1) / 60_000, max: Date.UTC(2026, 7, 1) / 60_000 })
  .map((minute) => new Date(minute * 60_000));

/** As a person reads it off the wall's clock and a calendar. */
function isWithin({ days, start, end }: WeeklyHours, at: Date, zone: string): boolean {
  const now = localTimeOf(at, zone);
  const isToday = days.includes(weekdayOf(now.date));
  if (start < end) return isToday && start <= now.time && now.time < end;
  const isSinceYesterday = days.includes(weekdayOf(addDays(now.date, -1)));
  return (isToday && now.time >= start) || (isSinceYesterday && now.time < end);
}

describe("hours of the week", () => {
  it("R012 hold what the wall's clock says, and end where no more follow", () => {
    fc.assert(
      fc.property(
        fc.array(hours, { maxLength: 3 }),
        moment,
        fc.constantFrom(...ZONES),
        (all, at, zone) => {
          const end = endOfHours(all, at, zone);
          expect(end !== null).toBe(all.some((one) => isWithin(one, at, zone)));
          if (end === null) return;
          expect(end.getTime()).toBeGreaterThan(at.getTime());
          const last = new Date(end.getTime() - 60_000);
          expect(all.some((one) => isWithin(one, last, zone))).toBe(true);
          const isForEver = end.getTime() - at.getTime() > 7 * 86_400_000;
          expect(isForEver || !all.some((one) => isWithin(one, end, zone))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("begin next at the first moment that lies in some", () => {
    fc.assert(
      fc.property(hours, moment, fc.constantFrom(...ZONES), (one, at, zone) => {
        fc.pre(!isWithin(one, at, zone));
        const next = nextHours([one], at, zone);
        if (next === null) throw new Error("there are hours every week");
        expect(isWithin(one, next, zone)).toBe(true);
        expect(isWithin(one, new Date(next.getTime() - 60_000), zone)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("none begin where none are set", () => {
    expect(nextHours([], new Date(0), "Europe/Paris")).toBeNull();
    expect(endOfHours([], new Date(0), "Europe/Paris")).toBeNull();
  });
});

describe("the wall's clock", () => {
  const utc = (text: string) => new Date(`${text}Z`);

  it("shows an hour twice where it goes back, and leaves one out where it goes forward", () => {
    expect(momentsOf({ date: "2026-10-25", time: "02:30" }, "Europe/Paris")).toEqual({
      first: utc("2026-10-25T00:30:00"),
      last: utc("2026-10-25T01:30:00"),
    });
    const leftOut = momentsOf({ date: "2026-03-29", time: "02:30" }, "Europe/Paris");
    expect(leftOut).toEqual({
      first: utc("2026-03-29T01:30:00"),
      last: utc("2026-03-29T01:30:00"),
    });
  });

  it("is read back as it was set, in any zone and at any moment but those", () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), (at, zone) => {
        expect(momentsOf(localTimeOf(at, zone), zone)).toEqual({ first: at, last: at });
      }),
    );
  });
});
