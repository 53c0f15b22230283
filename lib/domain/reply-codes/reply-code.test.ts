import { describe, expect, it } from "vitest";
import { actionOf, checkReplyCodes, READY_CODES, type ReplyCode } from "./reply-code";

describe("checkReplyCodes", () => {
  it("finds nothing wrong with the ready words", () => {
    expect(checkReplyCodes(READY_CODES)).toEqual([]);
  });

  it.each(["STOP", "cancel", "Arrêt", "START", "HELP", "Aide"])(
    "refuses %j, which is a consent word",
    (word) => {
      expect(checkReplyCodes([{ word, action: "cancel" }])).toEqual([
        { word, fault: "consent_word" },
      ]);
    },
  );

  it.each(["", "  ", "je confirme", "RDV-1", "👍", "oui?", "A".repeat(21)])(
    "refuses %j, which no answer could be",
    (word) => {
      expect(checkReplyCodes([{ word, action: "confirm" }])).toEqual([
        { word, fault: "not_one_word" },
      ]);
    },
  );

  it("refuses a word with two meanings, however it is written", () => {
    const codes: ReplyCode[] = [
      { word: "D'accord", action: "confirm" },
      { word: "Réglé", action: "confirm" },
      { word: "REGLE", action: "cancel" },
    ];
    expect(checkReplyCodes(codes)).toEqual([
      { word: "D'accord", fault: "not_one_word" },
      { word: "REGLE", fault: "two_meanings" },
    ]);
  });

  it("refuses words by which talks begin", () => {
    const codes: ReplyCode[] = [{ word: "Bonjour", action: "confirm" }];
    expect(checkReplyCodes(codes)).toEqual([{ word: "Bonjour", fault: "greeting" }]);
  });

  it("lets a type give digits and short words a meaning", () => {
    const codes: ReplyCode[] = [
      { word: "1", action: "confirm" },
      { word: "2", action: "cancel" },
      { word: "NON", action: "cancel" },
    ];
    expect(checkReplyCodes(codes)).toEqual([]);
    expect(actionOf("NON", codes)).toBe("cancel");
    expect(actionOf("YES", codes)).toBe("confirm");
    expect(actionOf("VU", codes)).toBeNull();
  });

  it("prefers a type's own meaning of a ready word", () => {
    const codes: ReplyCode[] = [
      { word: "Non", action: "confirm" },
      { word: "Oui", action: "cancel" },
    ];
    expect(actionOf("OUI", codes)).toBe("cancel");
  });
});
