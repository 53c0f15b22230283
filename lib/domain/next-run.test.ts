import { expect, test } from "vitest";
import { nextRunOf } from "./next-run";

const now = new Date("2026-11-20T09:00:20Z");
const at = (time: string) => new Date(`2026-11-20T${time}Z`);

test("what runs at every tick, or has never run, runs at the next minute", () => {
  expect(nextRunOf({ lastSuccess: at("09:00:00"), periodSeconds: 0, now })).toEqual(at("09:01:00"));
  expect(nextRunOf({ lastSuccess: null, periodSeconds: 3600, now })).toEqual(at("09:01:00"));
});

test("what is not due yet waits for the tick after its period", () => {
  expect(nextRunOf({ lastSuccess: at("08:30:05"), periodSeconds: 3600, now })).toEqual(
    at("09:31:00"),
  );
});
