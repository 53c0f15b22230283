import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassifiableMessage } from "../classify";
import { readReplyCode } from "./read-reply-code";
import { READY_CODES } from "./reply-code";

const text = (body: string): ClassifiableMessage => ({
  body,
  kind: "text",
  mediaCount: 0,
  optOut: null,
});
const action = (body: string) => readReplyCode(text(body))?.action ?? null;

describe("readReplyCode", () => {
  it.each([
    ["OUI", "confirm"],
    ["oui", "confirm"],
    ["  Oui !  ", "confirm"],
    ["«OUI».", "confirm"],
    ["*Oui*", "confirm"],
    ["OUI\n", "confirm"],
    ["ＯＵＩ", "confirm"],
    ["Yes", "confirm"],
    ["confirmé", "confirm"],
    ["Confirmer…", "confirm"],
    ["ANNULER", "cancel"],
    ["annulé", "cancel"],
    ["Cancelled", "cancel"],
    ["Vu", "acknowledge"],
    ["Reçu.", "acknowledge"],
    ["ok", "acknowledge"],
    ["Received", "acknowledge"],
  ])("reads %j as %s", (body, meant) => {
    expect(action(body)).toBe(meant);
  });

  it.each([
    "Oui parfait, combien de temps faut-il ?",
    "oui ?",
    "annulé ?",
    "OUI 👍",
    "ok 👍",
    "oui oui",
    "Oui, merci",
    "o u i",
    "OUI-NON",
    "non",
    "no",
    "ouais",
    "Liked “OUI”",
    "1",
    "1 €",
    "?",
    "👍",
    "",
    " ",
    `OUI${" ".repeat(1500)}mais à quelle heure`,
  ])("leaves %j to a person", (body) => {
    expect(action(body)).toBeNull();
  });

  it.each(["CANCEL", "Stop", "arrêt", "aide", "START"])("leaves the consent word %j", (body) => {
    const codes = [{ word: body, action: "cancel" }] as const;
    expect(readReplyCode(text(body), codes)).toBeNull();
  });

  it.each(["Bonjour", "merci !", "Urgent"])("leaves %j, whatever a type offers", (body) => {
    expect(readReplyCode(text(body), [{ word: body, action: "confirm" }])).toBeNull();
  });

  it("is overruled by a stop of the provider, and stands beside its start", () => {
    expect(readReplyCode({ ...text("OUI"), optOut: "opt_out" })).toBeNull();
    expect(readReplyCode({ ...text("YES"), optOut: "opt_in" })?.action).toBe("confirm");
  });

  it("takes a tapped button, but no file, place or list", () => {
    expect(readReplyCode({ ...text("Oui"), kind: "button" })?.action).toBe("confirm");
    expect(readReplyCode({ ...text("Oui"), kind: "media", mediaCount: 1 })).toBeNull();
    expect(readReplyCode({ ...text("Oui"), mediaCount: 1 })).toBeNull();
    expect(readReplyCode({ ...text("Oui"), kind: "location" })).toBeNull();
  });

  const word = fc.stringMatching(/^[a-zà-ÿA-Z]{1,12}$/);
  const ready = fc.constantFrom(...READY_CODES);

  it("finds no code in a sentence, whatever its words", () => {
    const sentence = fc.array(
      fc.oneof(
        word,
        ready.map((code) => code.word),
      ),
      { minLength: 2 },
    );
    fc.assert(fc.property(sentence, (words) => action(words.join(" ")) === null));
  });

  it("finds no code where a word stands beside it", () => {
    const parts = fc.constantFrom(" ", ", ", ". ", "\n", " - ", "\u00a0", "? ");
    fc.assert(
      fc.property(ready, parts, word, fc.boolean(), (code, part, other, isFirst) => {
        const words = isFirst ? [code.word, other] : [other, code.word];
        expect(action(words.join(part))).toBeNull();
      }),
    );
  });

  it("finds the code in any case, with spaces and punctuation around it", () => {
    const around = fc.array(fc.constantFrom(" ", ".", "!", ",", "\n", "\u00a0", '"', "…", "»"), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(ready, around, around, fc.infiniteStream(fc.boolean()), (code, a, b, raises) => {
        const letters = [...code.word].map((c) => (raises.next().value ? c : c.toLowerCase()));
        expect(action(a.join("") + letters.join("") + b.join(""))).toBe(code.action);
      }),
    );
  });

  it("does not take long over a text of blanks", () => {
    const blanks = " ".repeat(1_000_000);
    const started = performance.now();
    expect(action(`OUI${blanks}x`)).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("never throws, and what it reads is one word without a space", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1600 }), (body) => {
        expect(readReplyCode(text(body))?.word ?? "NONE").toMatch(/^[A-Z]+$/);
      }),
    );
  });
});
