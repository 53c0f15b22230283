const BLOCK = /<(p|div|table|ul|ol|li|h[1-6]|blockquote|section|br|hr)\b/i;

/** Does a template say itself how its e-mail is laid out? */
export function isLaidOut(source: string): boolean {
  return BLOCK.test(source);
}

/** Text in which every value is escaped, as paragraphs: a blank line ends one. */
export function asParagraphs(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((part) => `<p>${part.trim().replaceAll("\n", "<br>\n")}</p>`)
    .join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** What an e-mail's HTML says, as its text part: a link shows its address, a list its items. */
export function textOfHtml(html: string): string {
  return decode(
    html
      .replaceAll(/<(style|script|title)\b[\s\S]*?<\/\1\s*>/gi, "")
      .replaceAll(/[ \t\r\n]+/g, " ")
      .replaceAll(/<a\b[^>]*?href\s*=\s*(["'])(.*?)\1[^>]*>(.*?)<\/a\s*>/gi, linkText)
      .replaceAll(/<li\b[^>]*>\s*/gi, "\n- ")
      .replaceAll(/<br\b[^>]*>\s*/gi, "\n")
      .replaceAll(/\s*<\/(p|div|table|ul|ol|h[1-6]|blockquote|section)\s*>\s*/gi, "\n\n")
      .replaceAll(/<[^>]*>/g, ""),
  )
    .replaceAll(/[ \t]+\n/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

function linkText(_: string, __: string, url: string, words: string): string {
  const said = words.replaceAll(/<[^>]*>/g, "").trim();
  return said === url || said === "" ? url : `${said} (${url})`;
}

function decode(text: string): string {
  return text.replaceAll(/&(#x[\da-f]+|#\d+|\w+);/gi, (entity, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = /^#x/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : Number.parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
