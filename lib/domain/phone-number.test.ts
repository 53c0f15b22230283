import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalisePhone } from "./phone-number";

const e164 = (raw: string, country = "FR") => {
  const result = normalisePhone(raw, country);
  return result.ok ? result.e164 : result.code;
};

describe("normalisePhone", () => {
  it.each([
    "0612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "33612345678",
    "0033612345678",
    "+33 (0)6 12 34 56 78",
    "+33612345678",
    "０６１２３４５６７８",
    " 06-12-34-56-78 ",
  ])("R410 reads %s as +33612345678", (raw) => {
    expect(e164(raw)).toBe("+33612345678");
  });

  it("R410 leaves E.164 of any country as it is", () => {
    for (const number of ["+221771234567", "+14155238886", "+447400123456", "+33199001234"]) {
      expect(e164(number)).toBe(number);
    }
  });

  it.each([
    ["77 123 45 67", "SN", "+221771234567"],
    ["221771234567", "SN", "+221771234567"],
  ])("R126 reads %s in %s", (raw, country, expected) => {
    expect(e164(raw, country)).toBe(expected);
  });

  it.each([
    ["0690123456", "+590690123456"],
    ["0692123456", "+262692123456"],
    ["0696123456", "+596696123456"],
    ["0694123456", "+594694123456"],
    ["0639690123", "+262639690123"],
  ])("R410 tries the overseas departments before it refuses %s", (raw, expected) => {
    expect(e164(raw)).toBe(expected);
  });

  it("R410 renumbers Gabon and says so", () => {
    expect(normalisePhone("07123456", "GA")).toEqual({
      ok: true,
      e164: "+24177123456",
      country: "GA",
      wasRenumbered: true,
    });
    expect(normalisePhone("077123456", "GA")).toMatchObject({
      e164: "+24177123456",
      wasRenumbered: false,
    });
  });

  it.each([
    "",
    "36111",
    "Carillon",
    "Appelez-moi au 0612345678",
    "whatsapp:+33612345678",
    "+336",
    "0700000000",
    `+33${"6".repeat(60)}`,
  ])("R413 refuses %j with a sentence that says how to write it", (raw) => {
    expect(normalisePhone(raw, "FR")).toEqual({
      ok: false,
      code: "invalid_phone_number",
      message: "Numéro invalide: use the international format, like +33612345678",
    });
  });

  it("R410 is stable: its own answer is read as itself in any country", () => {
    const national = fc.stringMatching(/^0[67][0-9]{8}$/);
    fc.assert(
      fc.property(national, fc.constantFrom("FR", "SN", "US", "GA"), (raw, country) => {
        const first = normalisePhone(raw, "FR");
        if (first.ok) expect(e164(first.e164, country)).toBe(first.e164);
      }),
    );
  });

  it("R410 never throws, whatever it is given", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string(), normaliseSafely));
  });
});

function normaliseSafely(raw: string, country: string) {
  const result = normalisePhone(raw, country);
  return result.ok ? /^\+\d{4,15}$/.test(result.e164) : result.code === "invalid_phone_number";
}
