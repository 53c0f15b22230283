import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterAttempt, readWait, WEBHOOK_DELAYS } from "./retry";

const AT = new Date("2026-11-27T12:00:00Z");

function endOf(attempt: number, httpStatus: number | null, retryAfter: number | null = null) {
  return afterAttempt({ attempt, answer: { httpStatus, retryAfter }, at: AT, random: 0, scale: 1 });
}

function secondsAfter(
  attempt: number,
  httpStatus: number | null,
  retryAfter: number | null = null,
) {
  const end = endOf(attempt, httpStatus, retryAfter);
  return end.kind === "retry" ? (end.at.getTime() - AT.getTime()) / 1000 : end.kind;
}

describe("afterAttempt", () => {
  it.each([
    [1, 5],
    [2, 300],
    [3, 1800],
    [4, 7200],
    [5, 18_000],
    [6, 36_000],
    [7, 36_000],
    [8, "given_up"],
    [9, "given_up"],
  ])("R234 waits after attempt %i: %s", (attempt, expected) => {
    expect(secondsAfter(attempt, 500)).toBe(expected);
    expect(secondsAfter(attempt, null)).toBe(expected);
  });

  it.each([200, 201, 204, 299])("takes %i as delivered, at the last attempt too", (status) => {
    expect(endOf(1, status).kind).toBe("delivered");
    expect(endOf(8, status, 60).kind).toBe("delivered");
  });

  it.each([199, 301, 302, 400, 401, 404, 409, 429, 500, 502, 503, 504])(
    "tries again after %i",
    (status) => {
      expect(secondsAfter(1, status)).toBe(5);
    },
  );

  it("sends nothing more where 410 Gone is answered, at whichever attempt", () => {
    expect(endOf(1, 410, 60)).toEqual({ kind: "gone" });
    expect(endOf(8, 410)).toEqual({ kind: "gone" });
  });

  it("waits as long as Retry-After asks, never less than the schedule nor more than 10 h", () => {
    expect(secondsAfter(1, 503, 60)).toBe(60);
    expect(secondsAfter(2, 429, 60)).toBe(300);
    expect(secondsAfter(1, 429, 9_999_999)).toBe(36_000);
    expect(secondsAfter(8, 429, 60)).toBe("given_up");
  });

  it("spreads retries over a tenth of the wait, never before its time", () => {
    const attempts = fc.integer({ min: 1, max: WEBHOOK_DELAYS.length });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(attempts, chance, (attempt, random) => {
        const answer = { httpStatus: 500, retryAfter: null };
        const end = afterAttempt({ attempt, answer, at: AT, random, scale: 1 });
        const seconds = end.kind === "retry" ? (end.at.getTime() - AT.getTime()) / 1000 : 0;
        const plain = WEBHOOK_DELAYS[attempt - 1] ?? 0;
        expect(seconds).toBeGreaterThanOrEqual(plain);
        expect(seconds).toBeLessThanOrEqual(plain * 1.1);
      }),
    );
  });
});

describe("readWait", () => {
  it.each([
    ["120", 120],
    [" 0 ", 0],
    ["Fri, 27 Nov 2026 12:02:00 GMT", 120],
    ["Fri, 27 Nov 2026 11:00:00 GMT", 0],
    [null, null],
    ["", null],
    ["-5", null],
    ["1.5", null],
    ["soon", null],
    ["2026-11-27", null],
    ["Fri, nonsense GMT", null],
  ])("reads %j as %s seconds", (header, seconds) => {
    expect(readWait(header, AT)).toBe(seconds);
  });
});
