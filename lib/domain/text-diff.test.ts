import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffTexts } from "./text-diff";

const shown = (before: string, after: string) =>
  diffTexts(before, after).map(({ kind, text }) => `${kind[0]}:${text}`);

describe("the difference of two texts", () => {
  it("is what went and what came, word by word", () => {
    expect(shown("un deux trois", "un quatre trois")).toEqual([
      "s:un ",
      "r:deux",
      "a:quatre",
      "s: trois",
    ]);
    expect(shown("même", "même")).toEqual(["s:même"]);
    expect(shown("", "neuf")).toEqual(["a:neuf"]);
    expect(shown("vieux", "")).toEqual(["r:vieux"]);
  });

  it("is line by line where the texts are long", () => {
    const lines = Array.from({ length: 1000 }, (_, nth) => `ligne ${nth}\n`);
    const changed = lines.with(500, "autre chose\n");
    expect(shown(lines.join(""), changed.join(""))).toEqual([
      `s:${lines.slice(0, 500).join("")}`,
      "r:ligne 500\n",
      "a:autre chose\n",
      `s:${lines.slice(501).join("")}`,
    ]);
  });

  it("holds both texts whole", () => {
    const text = fc.array(fc.constantFrom("a", "b", " ", "\n", "ç")).map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = diffTexts(before, after);
        const without = (gone: string) =>
          parts.flatMap(({ kind, text }) => (kind === gone ? [] : [text])).join("");
        expect(without("added")).toBe(before);
        expect(without("removed")).toBe(after);
      }),
    );
  });
});
