import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localTimeOf } from "../deciding/local-time";
import { occurrencesOf } from "./occurrences";
import { LOAN_PLAN, type ReminderPlan } from "./plan";
import { LOAN_TERMS } from "./words";

const PARIS = { zone: "Europe/Paris", workingHours: [] };
const ZONES = ["Europe/Paris", "America/Guadeloupe", "Asia/Kathmandu", "Pacific/Chatham"];
const HOURS: Record<string, string> = {
  "J-2": "09:00",
  "J-1": "09:00",
  day: "08:00",
  overdue: "10:00",
};

const utc = (text: string) => new Date(`${text}Z`);
const moment = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
  .map((minute) => new Date(minute * 60_000));

/** On the day, at each of these hours. */
function planAt(...times: string[]): ReminderPlan {
  return times.map((time) => ({
    key: "day",
    type: `at ${time}`,
    when: { kind: "on_day", daysBefore: 0, time },
    terms: null,
    usefulFor: null,
  }));
}

describe("any plan", () => {
  it("R305 with a key twice on a day reminds once, as its first step says", () => {
    const subject = { due: { dueOn: "2026-11-27" }, term: null };
    const all = occurrencesOf(planAt("08:00", "09:00"), subject, PARIS);
    expect(all.map(({ type }) => type)).toEqual(["at 08:00"]);
  });

  it.each([
    ["an hour that the clock leaves out is passed over", "2026-03-29", "2026-03-29T01:30:00"],
    ["of an hour that comes twice the first counts", "2026-10-25", "2026-10-25T00:30:00"],
  ])("R305 %s", (_, dueOn, expected) => {
    const [one] = occurrencesOf(planAt("02:30"), { due: { dueOn }, term: null }, PARIS);
    expect(one?.scheduledFor).toEqual(utc(expected));
  });

  it("R305 is unique on key and local date, at its own hour, and in order, in any zone", () => {
    const term = fc.constantFrom(...LOAN_TERMS);
    fc.assert(
      fc.property(moment, fc.constantFrom(...ZONES), term, (dueAt, zone, ofTerm) => {
        const subject = { due: { dueAt }, term: ofTerm };
        const all = occurrencesOf(LOAN_PLAN, subject, { zone, workingHours: [] });
        expect(new Set(all.map(({ key, date }) => `${key} ${date}`)).size).toBe(all.length);
        expect(all.filter(({ key }) => key === "overdue")).toHaveLength(30);
        for (const [n, { key, date, scheduledFor, expiresAt }] of all.entries()) {
          const local = localTimeOf(scheduledFor, zone);
          expect(local.date).toBe(date);
          if (key in HOURS) expect(local.time).toBe(HOURS[key]);
          expect(scheduledFor > dueAt || expiresAt <= dueAt).toBe(true);
          expect(scheduledFor >= (all[n - 1]?.scheduledFor ?? scheduledFor)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
