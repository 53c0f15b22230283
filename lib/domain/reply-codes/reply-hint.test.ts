import { describe, expect, it } from "vitest";
import { CONFIRM_OR_CANCEL, SEEN } from "../notification-types/offered-codes";
import { READY_TYPES } from "../notification-types/ready-types";
import { readOptOut } from "../opt-out";
import { measureSegments } from "../segments";
import { LOCALES } from "../words";
import { foldToLoneWord } from "./lone-word";
import { actionOf, READY_CODES, REPLY_ACTIONS } from "./reply-code";
import { replyHint } from "./reply-hint";

describe("what may be answered, said in a text", () => {
  it.each([
    [SEEN, "fr", "Répondez OK si vu."],
    [SEEN, "en", "Reply OK if seen."],
    [CONFIRM_OR_CANCEL, "fr", "Répondez OUI pour confirmer, ANNULER pour annuler."],
    // OUI and ANNULER are French, and CANCEL would end all messages.
    [CONFIRM_OR_CANCEL, "en", "Reply 1 to confirm, 2 to cancel."],
    [[{ word: "YES", action: "confirm" }], "fr", "Répondez YES pour confirmer."],
    [[{ word: "REÇU", action: "acknowledge" }, ...SEEN], "en", "Reply OK if seen."],
    [[], "fr", ""],
  ] as const)("%j in %s: %s", (codes, locale, words) => {
    expect(replyHint(codes, locale)).toBe(words);
  });

  it("names words that do what it says, that stop no messages, in the cheap alphabet", () => {
    for (const { replyCodes } of [...READY_TYPES, { replyCodes: READY_CODES }]) {
      for (const locale of LOCALES) {
        const hint = replyHint(replyCodes, locale);
        expect(measureSegments(hint).encoding).toBe("GSM-7");
        const words = hint.match(/(?:\b[A-Z]{2,}\b|\d)/g) ?? [];
        const done = words.map((word) => actionOf(foldToLoneWord(word) ?? "", replyCodes));
        const offered = REPLY_ACTIONS.filter((one) => replyCodes.some((c) => c.action === one));
        expect(done).toEqual(offered);
        for (const word of words) expect(readOptOut(word, null)).toBeNull();
      }
    }
  });
});
