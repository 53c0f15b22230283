import { describe, expect, it } from "vitest";
import { checkAccountSid, checkCountry, checkPace, normaliseSender } from "./integration-input";

const sender = (raw: string, type: "sms" | "whatsapp" = "sms") => {
  const result = normaliseSender(raw, type, "FR");
  return result.ok ? result.sender : result.fault.code;
};

describe("what an integration is made of", () => {
  it("R412 knows an Account SID by its AC", () => {
    expect(checkAccountSid(`AC${"0".repeat(32)}`)).toBeNull();
    expect(checkAccountSid(`SK${"0".repeat(32)}`)?.code).toBe("account_sid");
    expect(checkAccountSid("AC123")?.message).toContain("AC");
  });

  it("R413 stores a sender in international format", () => {
    expect(sender("06 12 34 56 78")).toBe("+33612345678");
    expect(sender("+1 415 523 8886")).toBe("+14155238886");
    expect(sender("+15005550006")).toBe("+15005550006");
    expect(sender("0612")).toBe("0612");
    expect(sender("nonsense number")).toBe("sender_invalid");
  });

  it("R112 strips the whatsapp: prefix, and takes no name on WhatsApp", () => {
    expect(sender("whatsapp:+14155238886", "whatsapp")).toBe("+14155238886");
    expect(sender("CARILLON")).toBe("CARILLON");
    expect(sender("CARILLON", "whatsapp")).toBe("sender_invalid");
  });

  it("bounds pace and country", () => {
    expect(checkPace(null)).toBeNull();
    expect(checkPace(0)?.code).toBe("pace");
    expect(checkCountry("CI")).toBeNull();
    expect(checkCountry("ZZ")?.code).toBe("country");
  });
});
