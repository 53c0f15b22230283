import { describe, expect, it } from "vitest";
import { WEEKDAYS } from "../deciding/local-time";
import type { WeeklyHours } from "../deciding/weekly-hours";
import { dueDateOf, dueMomentOf } from "./due";

const PARIS = "Europe/Paris";
const OFFICE: WeeklyHours[] = [
  { days: WEEKDAYS.slice(0, 5), start: "08:30", end: "12:00" },
  { days: WEEKDAYS.slice(0, 5), start: "14:00", end: "18:00" },
];
const NIGHT: WeeklyHours[] = [{ days: WEEKDAYS, start: "22:00", end: "06:00" }];

describe("what a due date means", () => {
  it.each([
    ["a moment is itself", { dueAt: new Date("2026-11-27T09:15:00Z") }, OFFICE, "2026-11-27T09:15"],
    [
      "a date ends with its last working hours",
      { dueOn: "2026-11-27" },
      OFFICE,
      "2026-11-27T17:00",
    ],
    ["in summer too", { dueOn: "2026-07-10" }, OFFICE, "2026-07-10T16:00"],
    ["hours of a night end on the next day", { dueOn: "2026-11-27" }, NIGHT, "2026-11-28T05:00"],
    [
      "a day without working hours ends itself",
      { dueOn: "2026-11-28" },
      OFFICE,
      "2026-11-28T23:00",
    ],
    ["so does every day where none are set", { dueOn: "2026-11-27" }, [], "2026-11-27T23:00"],
    ["the day of 23 hours", { dueOn: "2026-03-29" }, [], "2026-03-29T22:00"],
    ["the day of 25 hours", { dueOn: "2026-10-25" }, [], "2026-10-25T23:00"],
  ])("R308 %s", (_, due, workingHours, expected) => {
    expect(dueMomentOf(due, { zone: PARIS, workingHours })).toEqual(new Date(`${expected}:00Z`));
  });

  it.each([
    [PARIS, "2026-11-28"],
    ["America/Guadeloupe", "2026-11-27"],
    ["Pacific/Noumea", "2026-11-28"],
  ])("R308 a moment's day is that of the calendar in %s", (zone, expected) => {
    const dueAt = new Date("2026-11-27T23:30:00Z");
    expect(dueDateOf({ dueAt }, { zone, workingHours: [] })).toBe(expected);
  });
});
