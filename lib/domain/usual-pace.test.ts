import { describe, expect, it } from "vitest";
import { usualPace } from "./usual-pace";

const of = (sender: string, type: "sms" | "whatsapp" = "sms") => {
  const usual = usualPace({ type, sender, country: "FR" });
  return usual ? [usual.kind, usual.perSecond] : null;
};

describe("usualPace", () => {
  it.each([
    ["CARILLON", ["alphanumeric", 10]],
    ["36123", ["shortCode", 100]],
    ["+1 888 555 1234", ["tollFree", 3]],
    ["+1 415 523 8886", ["longNorthAmerica", 1]],
    ["+1 416 555 0123", ["longNorthAmerica", 1]],
    ["01 99 00 01 01", ["longFrance", 0.5]],
    ["+33612345678", ["longFrance", 0.5]],
  ])("knows the figure of %s", (sender, usual) => {
    expect(of(sender)).toEqual(usual);
  });

  it("is by channel for WhatsApp, whatever the number", () => {
    expect(of("whatsapp:+33612345678", "whatsapp")).toEqual(["whatsapp", 80]);
    expect(of("whatsapp:+1 415 523 8886", "whatsapp")).toEqual(["sandbox", 0.33]);
  });

  it.each(["+447911123456", "+1 876 555 1234", "+33800123456", "", "nonsense number"])(
    "has none for %s",
    (sender) => {
      expect(of(sender)).toBeNull();
    },
  );
});
