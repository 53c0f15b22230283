import { measureSegments } from "./segments";

/** What French keyboards and word processors write that GSM-7 does not hold, and what reads the same. */
const CHEAP: Readonly<Record<string, string>> = {
  "’": "'",
  "‘": "'",
  "‛": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‹": "'",
  "›": "'",
  "…": "...",
  "–": "-",
  "—": "-",
  "‑": "-",
  "−": "-",
  "•": "-",
  "×": "x",
  œ: "oe",
  Œ: "OE",
  "°": "o",
  "№": "No",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\u200b": "",
  "\ufeff": "",
};

/** Quotes in French typography carry a space inside that plain ones do not. */
const FRENCH_QUOTES = /«\s*([^»]*?)\s*»/gu;

/**
 * A text in the cheap SMS alphabet (GSM-7), as near to the original as it goes: quotes and dashes
 * made plain, accents dropped where the alphabet lacks them (`é` stays, `ê` becomes `e`), emoji left out.
 * Letters of other scripts stay, since without them nothing would be said.
 */
export function cheapenText(text: string): string {
  if (measureSegments(text).encoding === "GSM-7") return text;
  const plain = text.replace(FRENCH_QUOTES, '"$1"');
  const cheap = [...new Intl.Segmenter("fr", { granularity: "grapheme" }).segment(plain)]
    .map(({ segment }) => cheapenCharacter(segment))
    .join("");
  return cheap.replace(/ {2,}/gu, " ").trim();
}

/** Typographic characters as a plain keyboard writes them; everything else as it is. */
export function plainTypography(text: string): string {
  return [...text].map((character) => CHEAP[character] ?? character).join("");
}

function cheapenCharacter(character: string): string {
  if (isCheap(character)) return character;
  const known = CHEAP[character];
  if (known !== undefined) return known;
  const bare = character.normalize("NFKD").replace(/\p{M}/gu, "");
  if (bare !== "" && isCheap(bare)) return bare;
  return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(character) ? "" : character;
}

function isCheap(character: string): boolean {
  return measureSegments(character).encoding === "GSM-7";
}
