import { describe, expect, it } from "vitest";
import type { PlanStep } from "@/lib/domain/reminders/own-plan";
import { draftOf, NEW_STEP, stepOf } from "./plan-draft";

const once = { time: null, condition: null, dailyAtMost: null };

describe("the fields of a step", () => {
  it.each<[Partial<PlanStep>, object]>([
    [
      { offset: -172_800, time: "09:00" },
      { amount: "2", unit: "days", direction: "before" },
    ],
    [
      { offset: 0, time: "08:00" },
      { amount: "0", unit: "days", direction: "before" },
    ],
    [{ offset: -7200 }, { amount: "2", unit: "hours", direction: "before" }],
    [{ offset: -90 }, { amount: "1.5", unit: "minutes", direction: "before" }],
    [{ offset: 0 }, { amount: "0", unit: "hours", direction: "after" }],
    [{ offset: 86_400 }, { amount: "1", unit: "days", direction: "after", time: "" }],
    [
      { offset: 0, time: "10:00", dailyAtMost: 30 },
      { amount: "0", unit: "days", direction: "after", dailyAtMost: "30" },
    ],
    [
      { offset: -60, condition: { variable: "term", oneOf: ["short", "medium"] } },
      { variable: "term", values: "short, medium" },
    ],
  ])("say %j and give it back", (values, draft) => {
    const step: PlanStep = { ...once, key: "one", offset: 0, ...values };
    expect(draftOf(step)).toMatchObject(draft);
    expect(stepOf(draftOf(step))).toEqual(step);
  });

  it("leave out what only days or what comes after can have", () => {
    const draft = {
      ...NEW_STEP,
      key: "one",
      amount: "2",
      unit: "hours",
      dailyAtMost: "5",
    } as const;
    expect(stepOf(draft)).toEqual({ ...once, key: "one", offset: -7200 });
  });
});
