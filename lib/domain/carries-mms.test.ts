import { describe, expect, it } from "vitest";
import { carriageOf, carriesMms, carriesMmsTo } from "./carries-mms";

const US = "+12125550143";
const CA = "+14165550143";
const AU = "+61412345678";
const FR = "+33612345678";

describe("carriesMms", () => {
  it.each([
    [US, "+13105550143", true],
    [US, CA, true],
    [CA, US, true],
    [AU, AU, true],
    [US, AU, false],
    [AU, US, false],
    [US, FR, false],
    [FR, US, false],
    [FR, "+33199000888", false],
    // Jamaica dials +1 as well.
    [US, "+18765551234", false],
    ["63232", US, true],
    ["36105", FR, false],
    ["CYCLES", US, false],
    ["CYCLES", FR, false],
  ])("from %s to %s: %s", (from, to, carries) => {
    expect(carriesMms(from, to)).toBe(carries);
  });

  it("knows nothing of a country that is not known", () => {
    expect(carriesMmsTo(US, null)).toBe(false);
  });
});

it("only an SMS turns its files into links", () => {
  expect(carriageOf("sms", { from: FR, country: "FR" })).toBe("link");
  expect(carriageOf("sms", { from: US, country: "CA" })).toBe("sms");
  expect(carriageOf("whatsapp", { from: FR, country: "FR" })).toBe("whatsapp");
});
