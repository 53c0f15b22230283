import { describe, expect, it } from "vitest";
import { LOAN_PLAN } from "./plan";
import { planReminders } from "./plan-reminders";

const OFFICE = { zone: "Europe/Paris", workingHours: [] };
const utc = (text: string) => new Date(`${text}Z`);

function plan(dueAt: string, now: string): string[] {
  return planReminders(LOAN_PLAN, {
    subject: { due: { dueAt: utc(dueAt) }, term: "medium" },
    office: OFFICE,
    now: utc(now),
  }).map(({ key, status, reason }) => `${key} ${reason ?? status}`);
}

describe("planning reminders", () => {
  it.each([
    ["long before", "2026-11-20T10:00:00", ["J-2 scheduled", "J-1 scheduled", "day scheduled"]],
    ["at the very hour", "2026-11-25T08:00:00", ["J-2 scheduled", "J-1 scheduled"]],
    ["just after the hour", "2026-11-25T08:00:01", ["J-2 planned_too_late", "J-1 scheduled"]],
    [
      "in the last minutes",
      "2026-11-27T14:50:00",
      ["J-2", "J-1", "day", "2h"].map((key) => `${key} planned_too_late`),
    ],
  ])("R306 R307 R308 R309 %s stores what is past as skipped", (_, now, expected) => {
    expect(plan("2026-11-27T15:00:00", now).slice(0, expected.length)).toEqual(expected);
  });

  it("R308 the day's reminder is skipped where its hour comes after the due time", () => {
    expect(plan("2026-11-27T06:30:00", "2026-11-20T10:00:00")).toContain("day after_due_time");
  });

  it("R310 days overdue before it was planned are skipped, and count among the thirty", () => {
    const overdue = plan("2026-11-20T15:00:00", "2026-11-23T12:00:00").filter((line) =>
      line.startsWith("overdue"),
    );
    expect(overdue).toHaveLength(30);
    expect(overdue.filter((line) => line.endsWith("planned_too_late"))).toHaveLength(3);
  });
});
