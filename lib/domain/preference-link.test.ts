import { describe, expect, it } from "vitest";
import { isLinkToken, MASKED_TOKEN, preferenceUrl, shortPreferenceUrl } from "./preference-link";

const TOKEN = "abcDEF123-_abcDEF123-_";

describe("a preference link", () => {
  it("has a token of 22 characters, and nothing else is one", () => {
    expect(isLinkToken(TOKEN)).toBe(true);
    for (const wrong of ["", `${TOKEN}x`, TOKEN.slice(1), MASKED_TOKEN, `${TOKEN.slice(1)}/`]) {
      expect(isLinkToken(wrong)).toBe(false);
    }
    expect(preferenceUrl("https://a.example", TOKEN)).toBe(`https://a.example/p/${TOKEN}`);
  });

  it("takes at most 40 characters of a text, or is left out", () => {
    expect(shortPreferenceUrl("https://sms.example", TOKEN)).toBe(`sms.example/p/${TOKEN}`);
    expect(shortPreferenceUrl("https://exactly.example", TOKEN)?.length).toBe(40);
    expect(shortPreferenceUrl("https://longer-1.example", TOKEN)).toBeNull();
  });
});
