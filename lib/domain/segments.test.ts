import { describe, expect, it } from "vitest";
import { measureSegments } from "./segments";

describe("measureSegments", () => {
  it("counts nothing for an empty text", () => {
    expect(measureSegments("")).toEqual({ encoding: "GSM-7", segments: 0, guilty: [], units: 0 });
  });

  it.each([
    ["a".repeat(160), 1],
    ["a".repeat(161), 2],
    ["a".repeat(306), 2],
    ["a".repeat(307), 3],
    ["€".repeat(80), 1],
    ["€".repeat(81), 2],
    ["ê".repeat(70), 1],
    ["ê".repeat(71), 2],
    ["ê".repeat(134), 2],
    ["ê".repeat(135), 3],
  ])("R220 splits at the operators' boundaries (%#)", (text, segments) => {
    expect(measureSegments(text).segments).toBe(segments);
  });

  it("names the characters that halve the capacity, once each", () => {
    const measured = measureSegments("L’été, ça m’ira très bien");
    expect(measured.encoding).toBe("UCS-2");
    expect(measured.guilty).toEqual(["’", "ç"]);
  });

  it("R036 R126 takes an emoji as what it is: UCS-2, several units", () => {
    const measured = measureSegments("Test SMS depuis SmartQueue! 🎉");
    expect(measured).toMatchObject({ encoding: "UCS-2", segments: 1, guilty: ["🎉"], units: 30 });
  });

  it("R119 the template « Ticket Créé » of 232 GSM-7 characters is two segments", () => {
    expect(measureSegments("é".repeat(232))).toMatchObject({ encoding: "GSM-7", segments: 2 });
  });

  it("keeps GSM-7 for a text with line breaks", () => {
    expect(measureSegments("Bonjour\r\nà demain")).toMatchObject({ encoding: "GSM-7" });
  });
});
