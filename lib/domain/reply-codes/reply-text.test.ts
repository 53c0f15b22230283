import { describe, expect, it } from "vitest";
import { measureSegments } from "../segments";
import { REPLY_ACTIONS } from "./reply-code";
import { replyText } from "./reply-text";

const about = (title: string) => ({ title });

describe("replyText", () => {
  it.each([
    ["acknowledge", "fr", "C'est noté : Fumée hall B"],
    ["confirm", "fr", "Confirmé, merci : Fumée hall B"],
    ["cancel", "fr", "Annulation notée : Fumée hall B"],
    ["acknowledge", "en", "Noted: Fumée hall B"],
    ["cancel", "en", "Cancellation noted: Fumée hall B"],
  ] as const)("says what a code has done: %s in %s", (action, locale, text) => {
    const verdict = { kind: "matched", action, notification: about("Fumée hall B") } as const;
    expect(replyText({ ...verdict, alsoAnswered: [] }, locale)).toBe(text);
  });

  it("lists what a code may mean, one a line, cut to what a text can hold", () => {
    const choices = [about("Caméra : à rendre demain"), about(`$& ${"x".repeat(200)}\n2. y`)].map(
      (notification) => ({ notification, action: "cancel" as const }),
    );
    const lines = replyText({ kind: "ambiguous", choices }, "fr").split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe("1. Caméra : à rendre demain");
    expect(lines[2]).toMatch(/^2\. \$& x+\.\.\.$/);
    expect(lines[2]).toHaveLength(63);
  });

  it("stays cheap: the ordinary alphabet, one part", () => {
    for (const action of REPLY_ACTIONS) {
      for (const locale of ["fr", "en"] as const) {
        const verdict = { kind: "matched", action, notification: about("Pont") } as const;
        const text = replyText({ ...verdict, alsoAnswered: [] }, locale);
        expect(measureSegments(text)).toMatchObject({ encoding: "GSM-7", segments: 1 });
      }
    }
  });
});
