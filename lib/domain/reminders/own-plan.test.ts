import { describe, expect, it } from "vitest";
import { aVariable } from "../templates/template-input";
import type { Due } from "./due";
import { occurrencesOf } from "./occurrences";
import { checkPlan, ownPlan, type PlanStep } from "./own-plan";

const DAY = 86_400;
const PARIS = { zone: "Europe/Paris", workingHours: [] };
const step = (key: string, values: Partial<PlanStep> = {}): PlanStep => {
  return { key, offset: 0, time: null, condition: null, dailyAtMost: null, ...values };
};
const typeOf = (...reminderPlan: PlanStep[]) => ({
  key: "invoice.issued",
  reminderPlan,
  variables: [aVariable("term", "text", "short"), aVariable("amount", "number", null)],
});
/** `key local-hour … end why`, in UTC. */
function hoursOf(steps: PlanStep[], due: Due, data: Record<string, unknown> = {}): string[] {
  const plan = ownPlan(typeOf(...steps), data);
  return occurrencesOf(plan, { due, term: null }, PARIS).map(
    ({ key, scheduledFor, expiresAt, expiresFor }) =>
      `${key} ${scheduledFor.toISOString().slice(0, 16)} until ${expiresAt.toISOString().slice(0, 16)} ${expiresFor}`,
  );
}
/** 16:00 in Paris. */
const FRIDAY = { dueAt: new Date("2026-11-27T15:00:00Z") };

describe("the plan of a workspace's own type", () => {
  it("R305 counts days at an hour and seconds to the second, before and after; each dies by the same rules as loans' do", () => {
    const steps = [
      step("J-3", { offset: -3 * DAY, time: "09:00" }),
      step("day", { time: "08:00" }),
      step("1h", { offset: -3600 }),
      step("now"),
      step("J+7", { offset: 7 * DAY, time: "11:00" }),
    ];
    expect(hoursOf(steps, FRIDAY)).toEqual([
      "J-3 2026-11-24T08:00 until 2026-11-27T07:00 next_reminder_due",
      "day 2026-11-27T07:00 until 2026-11-27T14:00 next_reminder_due",
      "1h 2026-11-27T14:00 until 2026-11-27T15:00 due_time_passed",
      "now 2026-11-27T15:00 until 2026-11-27T23:00 day_over",
      "J+7 2026-12-04T10:00 until 2026-12-04T23:00 day_over",
    ]);
  });

  it("R310 comes every day from the first hour after the due time on, so many times at most", () => {
    const late = (values: Partial<PlanStep>) =>
      hoursOf([step("late", { time: "10:00", dailyAtMost: 2, ...values })], FRIDAY).map((one) =>
        one.slice(5, 21),
      );
    expect(late({})).toEqual(["2026-11-28T09:00", "2026-11-29T09:00"]);
    expect(late({ time: "17:00" })).toEqual(["2026-11-27T16:00", "2026-11-28T16:00"]);
    expect(late({ offset: 3 * DAY, dailyAtMost: 1 })).toEqual(["2026-11-30T09:00"]);
  });

  it("of a date has no hours to the second, and is late once that day has ended", () => {
    const steps = [
      step("J-1", { offset: -DAY, time: "09:00" }),
      step("1h", { offset: -3600 }),
      step("after", { offset: 3600 }),
      step("late", { time: "10:00", dailyAtMost: 1 }),
    ];
    expect(hoursOf(steps, { dueOn: "2026-11-27" })).toEqual([
      "J-1 2026-11-26T08:00 until 2026-11-27T23:00 due_time_passed",
      "late 2026-11-28T09:00 until 2026-11-28T23:00 day_over",
    ]);
  });

  it("R311 leaves out what the event's data does not ask for; a default stands in", () => {
    const steps = [
      step("long", { offset: -DAY, condition: { variable: "term", oneOf: ["long", "medium"] } }),
      step("short", { offset: -60, condition: { variable: "term", oneOf: ["short"] } }),
      step("ten", { offset: -30, condition: { variable: "amount", oneOf: ["10"] } }),
    ];
    const keys = (data: Record<string, unknown>) =>
      ownPlan(typeOf(...steps), data).map(({ key }) => key);
    expect(keys({})).toEqual(["short"]);
    expect(keys({ term: "medium" })).toEqual(["long"]);
    expect(keys({ term: "other", amount: 10 })).toEqual(["ten"]);
  });

  it("is told as the type itself", () => {
    expect(ownPlan(typeOf(step("now")), {})).toMatchObject([{ type: "invoice.issued" }]);
  });
});

describe("checkPlan", () => {
  it.each<[PlanStep[], string[]]>([
    [[step("a", { offset: -DAY, time: "09:00" }), step("b")], []],
    [[step("a"), step("a")], ["reminderPlan.1.key step_twice"]],
    [[step("a", { offset: -3600, time: "09:00" })], ["reminderPlan.0.offset whole_days"]],
    [[step("a", { dailyAtMost: 3 })], ["reminderPlan.0.dailyAtMost repeats_after"]],
    [
      [step("a", { offset: -DAY, time: "09:00", dailyAtMost: 3 })],
      ["reminderPlan.0.dailyAtMost repeats_after"],
    ],
    [
      [step("a", { condition: { variable: "terms", oneOf: ["x"] } })],
      ["reminderPlan.0.condition.variable unknown_variable"],
    ],
  ])("names what is wrong: %j", (plan, faults) => {
    expect(checkPlan(typeOf(...plan)).map(({ path, code }) => `${path} ${code}`)).toEqual(faults);
  });
});
