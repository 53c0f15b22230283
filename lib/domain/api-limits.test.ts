import { describe, expect, test } from "vitest";
import { findExceeded, secondsLeft, type Usage } from "./api-limits";

const at = (second: number) => new Date(Date.UTC(2026, 10, 27, 9, 0, second));
const used = (window: Usage["window"], count: number): Usage => ({ window, count, since: at(0) });

describe("R222 limits of the API", () => {
  test("hold as much as they say and no more", () => {
    expect(findExceeded([used("minute", 600)], { minute: 600 }, at(20))).toBeNull();
    expect(findExceeded([used("minute", 601)], { minute: 600 }, at(20))).toEqual({
      window: "minute",
      limit: 600,
      retryAfter: 40,
    });
  });

  test("of several that are full the one counts that opens last", () => {
    const usages = [used("hour", 101), used("day", 501)];
    expect(findExceeded(usages, { hour: 100, day: 500 }, at(0))).toMatchObject({ window: "day" });
    expect(findExceeded(usages, { hour: 100, day: 501 }, at(0))).toMatchObject({ window: "hour" });
  });

  test("are lifted where there are none", () => {
    expect(findExceeded([used("minute", 1e6)], { minute: null }, at(0))).toBeNull();
    expect(findExceeded([used("minute", 1e6)], {}, at(0))).toBeNull();
  });

  test("one waits at least a second", () => {
    expect(secondsLeft({ window: "minute", since: at(0) }, at(59))).toBe(1);
    expect(secondsLeft({ window: "minute", since: at(0) }, new Date(at(59).getTime() + 999))).toBe(
      1,
    );
  });
});
