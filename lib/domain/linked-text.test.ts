import { expect, it } from "vitest";
import { appendLinks, linkedWords, wordsOf } from "./linked-text";

it("links stand below the words, one a line, and alone where there are no words", () => {
  expect(appendLinks("Voici.", ["https://a/1", "https://a/2"])).toBe(
    "Voici.\nhttps://a/1\nhttps://a/2",
  );
  expect(appendLinks("", ["https://a/1"])).toBe("https://a/1");
  expect(appendLinks("Voici.", [])).toBe("Voici.");
});

it("the words of a message are known apart from its links", () => {
  const sent = { body: "https://a/1", content: { linkedWords: "" } };
  expect(linkedWords(sent)).toBe("");
  expect(wordsOf(sent)).toBe("");
  expect(linkedWords({ content: null })).toBeNull();
  expect(wordsOf({ body: "Bonjour", content: null })).toBe("Bonjour");
});
