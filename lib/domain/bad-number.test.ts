import { describe, expect, it } from "vitest";
import { isBadAddress, judgeAddress } from "./bad-number";

describe("judgeAddress", () => {
  it.each(["21211", "21614", "30005"])("%s: the address is no good at once", (code) => {
    expect(isBadAddress(judgeAddress(code), 0)).toBe(true);
  });

  it("30003: a phone that is off once is no bad number, twice it is", () => {
    expect(judgeAddress("30003")).toBe("suspect");
    expect(isBadAddress("suspect", 1)).toBe(false);
    expect(isBadAddress("suspect", 2)).toBe(true);
  });

  it.each([null, "21610", "30007", "20003", "30004"])("%s says nothing of the address", (code) => {
    expect(judgeAddress(code)).toBe("fine");
    expect(isBadAddress("fine", 9)).toBe(false);
  });
});
