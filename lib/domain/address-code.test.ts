import { describe, expect, it } from "vitest";
import { codeOf, codeWords } from "./address-code";
import { measureSegments } from "./segments";

describe("codeOf", () => {
  it("is six digits, zeros in front too", () => {
    expect(codeOf("AAAAAAAAAAA")).toBe("000000");
    expect(codeOf("AAAAAAAAACo")).toMatch(/^\d{6}$/);
    expect(codeOf("__________8")).toBe((2n ** 64n - 1n).toString().slice(-6));
  });
});

describe("codeWords", () => {
  it.each(["fr", "en"] as const)("fit into one segment, code first (%s)", (locale) => {
    const { text } = codeWords(locale, "123456");
    expect(measureSegments(text).segments).toBe(1);
    expect(text.startsWith("123456")).toBe(true);
  });
});
