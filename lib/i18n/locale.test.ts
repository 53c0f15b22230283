import { describe, expect, it } from "vitest";
import { pickLocale } from "./locale";

describe("pickLocale", () => {
  it("takes the user's language before the cookie's and the browser's", () => {
    expect(pickLocale({ user: "en", cookie: "fr", acceptLanguage: "fr" })).toBe("en");
    expect(pickLocale({ user: null, cookie: "en", acceptLanguage: "fr" })).toBe("en");
  });

  it("reads the browser's weights and regions", () => {
    expect(pickLocale({ acceptLanguage: "de-DE, fr;q=0.4, en-GB;q=0.8" })).toBe("en");
    expect(pickLocale({ acceptLanguage: "en;q=0, fr-CA" })).toBe("fr");
  });

  it("falls back to French when nothing known is asked for", () => {
    expect(pickLocale({ cookie: "xx", acceptLanguage: "de, *;q=0.1" })).toBe("fr");
    expect(pickLocale({})).toBe("fr");
  });
});
