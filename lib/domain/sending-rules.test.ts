import { describe, expect, it } from "vitest";
import { CLOSED, isOpen, isProbing, openBreaker } from "./breaker";
import { readCarrierTime } from "./carrier-time";
import { maskAddress } from "./mask-address";
import { findBodyFault } from "./message-body";
import { DEFAULT_RETRIES, retryDelay } from "./retry-delay";
import {
  freeSlots,
  growWindow,
  halveWindow,
  isThrottledOut,
  openWindow,
  throttlePause,
} from "./send-window";

describe("retryDelay", () => {
  it("R204 R221 doubles from its base, ± 20 %", () => {
    const at = (lane: "interactive" | "normal", counted: number, random: number) =>
      retryDelay({ lane, counted, retryAfter: null, random, rules: DEFAULT_RETRIES });
    expect(at("interactive", 1, 0.5)).toBeCloseTo(5);
    expect(at("interactive", 2, 0.5)).toBeCloseTo(10);
    expect(at("normal", 1, 0)).toBeCloseTo(240);
    expect(at("normal", 2, 0.5)).toBeCloseTo(600);
  });

  it("never comes before Retry-After", () => {
    expect(
      retryDelay({
        lane: "interactive",
        counted: 1,
        retryAfter: 60,
        random: 0,
        rules: DEFAULT_RETRIES,
      }),
    ).toBe(60);
  });
});

describe("the window", () => {
  it("halves on 429 to four at least and grows by one per twenty answers", () => {
    let window = openWindow(50);
    window = halveWindow(window);
    expect(window.size).toBe(25);
    for (let i = 0; i < 4; i++) window = halveWindow(window);
    expect(window.size).toBe(4);
    expect(isThrottledOut(window)).toBe(true);
    for (let i = 0; i < 40; i++) window = growWindow(window);
    expect(window).toMatchObject({ size: 6, throttles: 0 });
  });

  it("keeps two slots for interactive messages", () => {
    expect(freeSlots(50, { interactive: 0, normal: 0 })).toEqual({ all: 50, normal: 48 });
    expect(freeSlots(50, { interactive: 0, normal: 48 })).toEqual({ all: 2, normal: 0 });
    expect(freeSlots(50, { interactive: 50, normal: 0 })).toEqual({ all: 0, normal: 0 });
    expect(freeSlots(1, { interactive: 0, normal: 0 })).toEqual({ all: 1, normal: 1 });
  });

  it("respects Retry-After up to 30 s", () => {
    expect(throttlePause(12)).toBe(12);
    expect(throttlePause(31)).toBe(30);
    expect(throttlePause(-1)).toBe(0);
    expect(throttlePause(null)).toBe(0);
  });
});

describe("the breaker", () => {
  it("waits 1 s, doubling to 30 s, one step a burst", () => {
    let breaker = CLOSED;
    let now = 0;
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      breaker = openBreaker(breaker, now, 1);
      expect(openBreaker(breaker, now + 1, 1)).toBe(breaker);
      waits.push((breaker.until ?? 0) - now);
      now = breaker.until ?? 0;
      expect(isOpen(breaker, now)).toBe(false);
      expect(isProbing(breaker, now)).toBe(true);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
});

describe("findBodyFault", () => {
  it("R220 takes 1 to 1600 UTF-16 units", () => {
    const of = (body: string) => findBodyFault({ carriage: "sms", body, files: [] })?.code;
    expect(of("a".repeat(1600))).toBeUndefined();
    expect(of("a".repeat(1601))).toBe("message_too_long");
    expect(of("🎉".repeat(801))).toBe("message_too_long");
    expect(of(" \n")).toBe("message_empty");
  });

  it("R417 takes ten files of the channel's size, one by WhatsApp, and a file without a text", () => {
    const of = (carriage: "sms" | "whatsapp" | "link", sizes: number[]) => {
      const files = sizes.map((size) => ({ contentType: null, size }));
      return findBodyFault({ carriage, body: "", files })?.code;
    };
    const named = { contentType: "application/pdf", size: 600_000, fileName: "plan.pdf" };
    expect(findBodyFault({ carriage: "sms", body: "", files: [named] })?.message).toMatch(
      /^plan\.pdf is larger than 500 KB/,
    );
    expect(of("sms", [1])).toBeUndefined();
    expect(of("sms", [6_000_000])).toBe("media_too_large");
    expect(of("whatsapp", [6_000_000])).toBeUndefined();
    expect(of("sms", Array(11).fill(1))).toBe("too_many_media");
    expect(of("link", Array(10).fill(1))).toBeUndefined();
    expect(of("whatsapp", [1])).toBeUndefined();
    expect(of("whatsapp", [1, 1])).toBe("too_many_media");
  });
});

describe("small readings", () => {
  it("masks addresses for log lines", () => {
    expect(maskAddress("+33612345678")).toBe("+336•••••678");
    expect(maskAddress("ada@example.org")).toBe("a•••@example.org");
    expect(maskAddress("36123")).toBe("3•••");
  });

  it("reads a carrier's time of delivery and nothing else", () => {
    expect(readCarrierTime("2611200915")).toBe(Date.UTC(2026, 10, 20, 9, 15));
    expect(readCarrierTime("2613200915")).toBeNull();
    expect(readCarrierTime("")).toBeNull();
    expect(readCarrierTime(undefined)).toBeNull();
  });
});
