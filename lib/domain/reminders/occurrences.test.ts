import { describe, expect, it } from "vitest";
import type { Due } from "./due";
import { occurrencesOf } from "./occurrences";
import { LOAN_PLAN } from "./plan";
import type { LoanTerm } from "./words";

const PARIS = { zone: "Europe/Paris", workingHours: [] };
const utc = (text: string) => new Date(`${text}Z`);

/** All but the overdue ones, as key, hour, end and why, in UTC. */
function tell(due: Due, term: LoanTerm | null): string[] {
  const minute = (at: Date) => at.toISOString().slice(0, 16);
  return occurrencesOf(LOAN_PLAN, { due, term }, PARIS)
    .filter(({ key }) => key !== "overdue")
    .map((one) =>
      [one.key, minute(one.scheduledFor), minute(one.expiresAt), one.expiresFor].join(" "),
    );
}

function overdueOf(due: Due) {
  return occurrencesOf(LOAN_PLAN, { due, term: null }, PARIS).filter(
    ({ key }) => key === "overdue",
  );
}

function hoursOf(due: Due): string[] {
  return overdueOf(due).map(({ scheduledFor }) => scheduledFor.toISOString().slice(0, 16));
}

describe("the plan of loans", () => {
  it("R306 R307 R308 R309 R311 reminds of a medium-term loan four times before it is due", () => {
    expect(tell({ dueAt: utc("2026-11-27T15:00:00") }, "medium")).toEqual([
      "J-2 2026-11-25T08:00 2026-11-26T08:00 next_reminder_due",
      "J-1 2026-11-26T08:00 2026-11-27T07:00 next_reminder_due",
      "day 2026-11-27T07:00 2026-11-27T13:00 next_reminder_due",
      "2h 2026-11-27T13:00 2026-11-27T13:15 not_in_time",
    ]);
  });

  it.each(["short", "long", null] as const)("R311 has no two hours for the term %s", (term) => {
    expect(tell({ dueAt: utc("2026-11-27T15:00:00") }, term).at(-1)).toBe(
      "day 2026-11-27T07:00 2026-11-27T15:00 due_time_passed",
    );
  });

  it("R309 has no two hours for a date, whose day ends the last reminder", () => {
    expect(tell({ dueOn: "2026-11-27" }, "medium").at(-1)).toBe(
      "day 2026-11-27T07:00 2026-11-27T23:00 due_time_passed",
    );
  });

  it.each([
    ["2026-03-30T08:00:00", ["2026-03-28T08:00", "2026-03-29T07:00", "2026-03-30T06:00"]],
    ["2026-10-26T09:00:00", ["2026-10-24T07:00", "2026-10-25T08:00", "2026-10-26T07:00"]],
  ])("R306 R307 R308 keeps its hours over the clock change before %s", (dueAt, hours) => {
    const told = tell({ dueAt: utc(dueAt) }, null).map((line) => line.split(" ")[1]);
    expect(told).toEqual(hours);
  });

  it.each([
    ["forward", "2026-03-29T02:00:00", "2026-03-29T00:00"],
    ["back", "2026-10-25T02:00:00", "2026-10-25T00:00"],
  ])("R309 two hours are two hours where the clock goes %s between", (_, dueAt, expected) => {
    const told = tell({ dueAt: utc(dueAt) }, "medium").find((line) => line.startsWith("2h"));
    expect(told?.split(" ")[1]).toBe(expected);
  });

  it("R308 R309 what is due early has two hours first; the day's hour comes when it is over", () => {
    expect(tell({ dueAt: utc("2026-11-27T06:30:00") }, "medium").slice(2)).toEqual([
      "2h 2026-11-27T04:30 2026-11-27T04:45 not_in_time",
      "day 2026-11-27T07:00 2026-11-27T06:30 due_time_passed",
    ]);
  });

  it("R308 R309 two for the same moment do not end each other", () => {
    expect(tell({ dueAt: utc("2026-11-27T09:00:00") }, "medium").slice(2)).toEqual([
      "day 2026-11-27T07:00 2026-11-27T09:00 due_time_passed",
      "2h 2026-11-27T07:00 2026-11-27T07:15 not_in_time",
    ]);
  });
});

describe("overdue reminders", () => {
  it.each([
    ["the same day where 10:00 is still to come", "2026-11-27T08:59:00", "2026-11-27T09:00"],
    ["the next day where it is due at 10:00", "2026-11-27T09:00:00", "2026-11-28T09:00"],
    ["the next day where it is due later", "2026-11-27T15:00:00", "2026-11-28T09:00"],
  ])("R310 begin %s", (_, dueAt, expected) => {
    expect(hoursOf({ dueAt: utc(dueAt) })[0]).toBe(expected);
  });

  it("R310 begin on the day after a date", () => {
    expect(hoursOf({ dueOn: "2026-11-27" })[0]).toBe("2026-11-28T09:00");
  });

  it("R310 come daily at 10:00, thirty times, over a clock change, and die with their day", () => {
    const hours = hoursOf({ dueOn: "2026-10-23" });
    expect(hours).toHaveLength(30);
    expect(hours.slice(0, 3)).toEqual(["2026-10-24T08:00", "2026-10-25T09:00", "2026-10-26T09:00"]);
    expect(hours.at(-1)).toBe("2026-11-22T09:00");
    expect(overdueOf({ dueOn: "2026-10-23" })[0]).toMatchObject({
      expiresAt: utc("2026-10-24T22:00:00"),
      expiresFor: "day_over",
    });
  });
});
