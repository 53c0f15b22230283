import { expect, test } from "vitest";
import { periodOf } from "./period";

const ZONE = "Europe/Paris";

test("a week is seven days of the zone, from its midnight", () => {
  const period = periodOf("7d", new Date("2026-11-20T23:30:00Z"), ZONE);
  expect(period.columns).toHaveLength(7);
  expect(period.columns.at(-1)).toBe("2026-11-21");
  expect(period.since.toISOString()).toBe("2026-11-14T23:00:00.000Z");
});

test("a day is 24 columns, also over midnight", () => {
  const period = periodOf("24h", new Date("2026-11-20T09:20:00Z"), ZONE);
  expect(period.columns).toHaveLength(24);
  expect(period.columns[0]).toBe("2026-11-19T11");
  expect(period.columns.at(-1)).toBe("2026-11-20T10");
  expect(period.since.toISOString()).toBe("2026-11-19T10:00:00.000Z");
});

test("an hour that comes twice is one column, and nothing of it is left out", () => {
  const period = periodOf("24h", new Date("2026-10-25T12:00:00Z"), ZONE);
  expect(period.columns).toHaveLength(23);
  expect(new Set(period.columns).size).toBe(23);
});
