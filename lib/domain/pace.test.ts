import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bucket, fillBucket, holds, holdsAt, paceSize, takeTokens, tokensFor } from "./pace";

const T0 = Date.UTC(2026, 10, 20);
const at = (perSecond: number, bucket: Bucket | null, ms: number) =>
  fillBucket(bucket, { perSecond, nowMs: T0 + ms });

/** Sends messages of these sizes as soon as each may leave; the moments, in ms after the start. */
function departures(perSecond: number, sizes: readonly number[]): number[] {
  let paced = at(perSecond, null, 0);
  return sizes.map((size) => {
    const nowMs = holdsAt(paced, tokensFor(paced, size));
    paced = takeTokens(fillBucket(paced.bucket, { perSecond, nowMs }), size);
    return nowMs - T0;
  });
}

describe("a pace", () => {
  it("lets one second's worth go at once, then one message as each token comes", () => {
    expect(departures(3, [1, 1, 1, 1, 1])).toEqual([0, 0, 0, 334, 667]);
    expect(departures(1, [1, 1, 1])).toEqual([0, 1000, 2000]);
    expect(departures(0.5, [1, 1, 1])).toEqual([0, 2000, 4000]);
  });

  it("lets a message go that is larger than the bucket, and those behind it pay its debt", () => {
    expect(departures(3, [10, 1, 1])).toEqual([0, 2667, 3000]);
    expect(departures(1, [1, 3, 1])).toEqual([0, 1000, 4000]);
  });

  it("never holds more than one second's worth, however long nothing was sent", () => {
    const used = takeTokens(at(10, null, 0), 10);
    expect(at(10, used.bucket, 86_400_000).bucket.tokens).toBe(10);
    expect(takeTokens(at(10, null, 0), -5).bucket.tokens).toBe(10);
    expect(at(2, at(10, null, 0).bucket, 0).bucket.tokens).toBe(2);
  });

  it("gives nothing for a clock that goes back, and does not wait for it to come round again", () => {
    const used = takeTokens(at(10, null, 10_000), 10);
    const skewed = at(10, used.bucket, 9000);
    expect(skewed.bucket).toEqual(used.bucket);
    const setBack = at(10, used.bucket, -3_600_000);
    expect(setBack.bucket).toEqual({ tokens: 0, at: T0 - 3_600_000 });
    expect(at(10, setBack.bucket, -3_599_900).bucket.tokens).toBeCloseTo(1);
  });

  it("never lets more go than a second's worth and what time brought, save one message's debt", () => {
    const steps = fc.array(
      fc.record({
        wait: fc.integer({ min: -20_000, max: 5000 }),
        size: fc.integer({ min: 1, max: 10 }),
      }),
      { maxLength: 200 },
    );
    const pace = fc.oneof(
      fc.constantFrom(0.1, 0.5, 1),
      fc.double({ min: 0.1, max: 1000, noNaN: true }),
    );
    fc.assert(
      fc.property(pace, steps, (perSecond, list) => {
        let paced = at(perSecond, null, 0);
        let [now, forward, left] = [0, 0, 0];
        for (const { wait, size } of list) {
          now += wait;
          forward += Math.max(0, wait);
          paced = at(perSecond, paced.bucket, now);
          if (!holds(paced, tokensFor(paced, size))) continue;
          paced = takeTokens(paced, size);
          left += size;
          const debt = Math.max(0, size - perSecond);
          expect(left).toBeLessThanOrEqual(perSecond * (1 + forward / 1000) + debt + 1e-6);
        }
      }),
    );
  });

  it("says the very millisecond at which a message may leave", () => {
    const size = fc.integer({ min: 1, max: 10 });
    const pace = fc.double({ min: 0.1, max: 100, noNaN: true });
    fc.assert(
      fc.property(pace, size, size, (perSecond, first, second) => {
        const paced = takeTokens(at(perSecond, null, 0), first);
        const moment = holdsAt(paced, tokensFor(paced, second)) - T0;
        const then = at(perSecond, paced.bucket, moment);
        expect(holds(then, tokensFor(then, second))).toBe(true);
        if (moment === 0) return;
        const before = at(perSecond, paced.bucket, moment - 1);
        expect(holds(before, tokensFor(before, second))).toBe(false);
      }),
    );
  });
});

describe("paceSize", () => {
  it("counts the segments of a text, and one for whatever else", () => {
    const body = "a".repeat(161);
    expect(paceSize({ channel: "sms", body, hasMedia: false })).toBe(2);
    expect(paceSize({ channel: "sms", body: "", hasMedia: false })).toBe(1);
    expect(paceSize({ channel: "sms", body, hasMedia: true })).toBe(1);
    expect(paceSize({ channel: "whatsapp", body, hasMedia: false })).toBe(1);
  });
});
