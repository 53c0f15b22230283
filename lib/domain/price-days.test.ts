import { expect, it } from "vitest";
import { askAfterSilence, dayOf, firstAsk, nextAsk, rangeOfDay } from "./price-days";

const now = new Date("2026-12-01T02:30:00Z");

it("lists a UTC day and the hour after it, and asks when it is over", () => {
  expect(dayOf(new Date("2026-11-30T23:59:59Z"))).toBe("2026-11-30");
  expect(rangeOfDay("2026-11-30")).toEqual({
    from: new Date("2026-11-30T00:00:00Z"),
    until: new Date("2026-12-01T01:00:00Z"),
  });
  expect(firstAsk("2026-11-30")).toEqual(new Date("2026-12-01T02:00:00Z"));
});

it("asks daily while prices are missing, and gives up after a week", () => {
  expect(nextAsk({ asks: 1, missing: 0 }, now)).toBeNull();
  expect(nextAsk({ asks: 1, missing: 3 }, now)).toEqual(new Date("2026-12-02T02:30:00Z"));
  expect(nextAsk({ asks: 6, missing: 3 }, now)).not.toBeNull();
  expect(nextAsk({ asks: 7, missing: 3 }, now)).toBeNull();
  expect(askAfterSilence(now)).toEqual(new Date("2026-12-01T03:30:00Z"));
});
