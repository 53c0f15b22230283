import { describe, expect, it } from "vitest";
import { asParagraphs, isLaidOut, textOfHtml } from "./html-text";

describe("R302 the text part of an e-mail", () => {
  it.each([
    ["<p>Bonjour</p>\n<p>Au revoir</p>", "Bonjour\n\nAu revoir"],
    ["<p>Un<br>deux<br/>\ntrois</p>", "Un\ndeux\ntrois"],
    ["<ul><li>un</li>\n<li>deux</li></ul>", "- un\n- deux"],
    ['<p><a class="x" href="https://example.com/a">Voir</a></p>', "Voir (https://example.com/a)"],
    ["<a href='https://example.com/a'>https://example.com/a</a>", "https://example.com/a"],
    ["<h1>Titre</h1><p>&lt;b&gt; &amp; &#39;x&#39; &#x27;</p>", "Titre\n\n<b> & 'x' '"],
    ["<style>p { color: red }</style><p>Dit</p>", "Dit"],
    ["<p>12\u00a0€&nbsp;!</p>", "12\u00a0€\u00a0!"],
    ["&#99999999; &inconnu;", "&#99999999; &inconnu;"],
  ])("of %j is %j", (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it("is that of the paragraphs of a template without any", () => {
    expect(isLaidOut("Bonjour <b>vous</b>")).toBe(false);
    expect(isLaidOut("<p>Bonjour</p>")).toBe(true);
    const laidOut = asParagraphs("Bonjour,\n\nUn\ndeux\n\n\nFin\n");
    expect(laidOut).toBe("<p>Bonjour,</p>\n<p>Un<br>\ndeux</p>\n<p>Fin</p>");
    expect(textOfHtml(laidOut)).toBe("Bonjour,\n\nUn\ndeux\n\nFin");
  });
});
