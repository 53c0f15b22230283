const NO_BREAK = "\u00a0";
const NARROW = "\u202f";

/**
 * Puts the spaces that French has before its tall signs and within its quotes so that no line breaks
 * there: a narrow one before `; ! ?`, a whole one before `:` and inside « », and between a number and
 * its unit (Imprimerie nationale, Lexique des règles typographiques). Plain spaces are what is written
 * in sources; a text that is already set stays as it is.
 */
export function typesetFrench(text: string): string {
  return text
    .replace(/ ([;!?])/gu, `${NARROW}$1`)
    .replace(/ ([:»])/gu, `${NO_BREAK}$1`)
    .replace(/« /gu, `«${NO_BREAK}`)
    .replace(/([\d#}]) ([%€]|(?:h|min|s|ms|px|Ko|Mo|SMS)(?![\p{L}’]))/gu, `$1${NO_BREAK}$2`);
}
