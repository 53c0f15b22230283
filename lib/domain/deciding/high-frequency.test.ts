import { describe, expect, it } from "vitest";
import { DEFAULT_FREQUENCY_LIMIT, frequencyWords, isTooFrequent } from "./high-frequency";

describe("alerts that come too often", () => {
  it.each([
    ["the tenth is one too many", { count: 10, isTold: false }, true],
    ["nine are not", { count: 9, isTold: false }, false],
    ["more, where nobody was told", { count: 40, isTold: false }, true],
    ["who was told is not told again", { count: 11, isTold: true }, false],
  ])("R024 by default ten in five minutes: %s", (_, recent, expected) => {
    expect(isTooFrequent(recent, DEFAULT_FREQUENCY_LIMIT)).toBe(expected);
  });

  it("R024 as many as the workspace says, or never", () => {
    expect(isTooFrequent({ count: 3, isTold: false }, { alerts: 3, seconds: 60 })).toBe(true);
    expect(isTooFrequent({ count: 1000, isTold: false }, null)).toBe(false);
  });

  it("R024 tells how many came in which time, in the reader's language", () => {
    const told = { count: 10, latest: "Couteau" };
    expect(frequencyWords(told, DEFAULT_FREQUENCY_LIMIT, "fr")).toEqual({
      title: "10 alertes en 5 min",
      message: "La dernière : Couteau",
    });
    expect(frequencyWords(told, { alerts: 10, seconds: 90 }, "en").title).toBe("10 alerts in 90 s");
  });
});
