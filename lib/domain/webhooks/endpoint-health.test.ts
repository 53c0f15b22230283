import { describe, expect, it } from "vitest";
import { failingSince, isToBeDisabled } from "./endpoint-health";

const START = new Date("2026-11-20T12:00:00Z");
const daysLater = (days: number) => new Date(START.getTime() + days * 86_400_000);

describe("an endpoint that fails", () => {
  it("counts from the first failure since the last success", () => {
    const first = failingSince(null, { at: START, isDelivered: false });
    expect(first).toEqual(START);
    expect(failingSince(first, { at: daysLater(2), isDelivered: false })).toEqual(START);
    expect(failingSince(first, { at: daysLater(2), isDelivered: true })).toBeNull();
  });

  it("counts from the earlier of two attempts that end out of order", () => {
    expect(failingSince(daysLater(1), { at: START, isDelivered: false })).toEqual(START);
  });

  it.each([
    [0, false],
    [4.999, false],
    [5, true],
    [30, true],
  ])("R234 after %d days is disabled: %s", (days, isDisabled) => {
    expect(isToBeDisabled(START, daysLater(days))).toBe(isDisabled);
  });

  it("stays where the last attempt succeeded", () => {
    expect(isToBeDisabled(null, daysLater(30))).toBe(false);
  });
});
