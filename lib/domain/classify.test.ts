import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClassifiableMessage, classify } from "./classify";

const text = (body: string): ClassifiableMessage => ({
  body,
  kind: "text",
  mediaCount: 0,
  optOut: null,
});

describe("classify", () => {
  it.each([
    "merci",
    "Merci !",
    "MERCI BEAUCOUP 🙏",
    "ok 👍",
    "👍🏽",
    "❤️❤️",
    "D’accord, merci, bonne journée",
    "Parfait, à demain",
    "Bien reçu, merci pour votre aide. Cordialement",
    "Thank you so much!",
    "ok great, thanks, have a nice day",
    "you’re welcome",
  ])("R407 lets courtesy sleep: %j", (body) => {
    expect(classify(text(body), [])).toMatchObject({ wakes: false, why: { rule: "courtesy" } });
  });

  it.each([
    "Merci de me rappeler",
    "ok ?",
    "oui",
    "non",
    "merci 😡",
    "😡",
    "Bonjour",
    "thanks but it does not work",
    "et",
    "",
    "!!!",
    "d'accord pour 14h",
  ])("R407 opens for anything else: %j", (body) => {
    expect(classify(text(body), [])).toMatchObject({ wakes: true, priority: null });
  });

  it("R407 opens for a photo with a polite word", () => {
    expect(classify({ ...text("merci"), kind: "media", mediaCount: 1 }, []).wakes).toBe(true);
  });

  it.each([
    ["C’est URGENT, rappelez-moi", "urgent", "urgent"],
    ["this is an emergency", "urgent", "emergency"],
    ["Une réponse au plus vite svp", "high", "au plus vite"],
    ["merci, c'est urgent", "urgent", "urgent"],
  ])("R407 raises the priority and says by which words: %j", (body, priority, words) => {
    expect(classify(text(body), [])).toMatchObject({
      wakes: true,
      priority,
      why: { rule: "urgent", words },
    });
  });

  it.each([
    "Ce n’est pas urgent",
    "rien d'urgent",
    "pas très urgent",
    "it's not urgent",
    "no emergency here",
  ])("R407 does not fall for a denial: %j", (body) => {
    expect(classify(text(body), []).priority).toBeNull();
  });

  it("R407 asks the workspace's rules first", () => {
    const rules = [
      { id: "a", words: ["Remboursé"], wakes: true, priority: "high" as const, labels: ["SAV"] },
      { id: "b", words: ["merci"], wakes: true },
    ];
    expect(classify(text("je veux être REMBOURSE"), rules)).toEqual({
      wakes: true,
      priority: "high",
      labels: ["SAV"],
      why: { rule: "workspace:a", words: "Remboursé" },
    });
    expect(classify(text("Merci"), rules).why.rule).toBe("workspace:b");
    expect(classify(text("mercière"), rules).why.rule).toBe("message");
  });

  it("names the consent word that it saw", () => {
    expect(classify({ ...text("Stop, merci"), optOut: "probable_stop" }, [])).toMatchObject({
      wakes: true,
      why: { rule: "probable_stop", words: "Stop, merci" },
    });
  });

  it("never throws and always gives a reason", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (body) => {
        expect(classify(text(body), []).why.rule).toMatch(/^(courtesy|urgent|message)$/);
      }),
    );
  });
});
