const LONGEST = 20;
/** A text beyond this is no code with something around it, and not worth folding. */
const LONGEST_TEXT = 200;

/** What may stand around a code; no question mark, since "OUI ?" asks. `*_~` are WhatsApp's own signs. */
const AROUND = /^[\s.,;:!¡…"'«»“”‘’‹›()[\]{}*_~`#\-–—]+|[\s.,;:!¡…"'«»“”‘’‹›()[\]{}*_~`#\-–—]+$/gu;
const ONE_WORD = /^[\p{L}\p{N}]+$/u;

/**
 * The only word of a text, in upper case without accents; null where there is anything else: a second
 * word, a question mark, an emoji, more than 20 characters, or 200 with what stands around it. Spaces and
 * punctuation around it do not count.
 */
export function foldToLoneWord(text: string): string | null {
  if (text.length > LONGEST_TEXT) return null;
  const bare = text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .replace(AROUND, "")
    .toUpperCase();
  return bare.length <= LONGEST && ONE_WORD.test(bare) ? bare : null;
}
