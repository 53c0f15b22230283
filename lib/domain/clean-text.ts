const NUL = /\0/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Text that PostgreSQL can store: no NUL (its `text` refuses U+0000), no lone surrogate (no UTF-8).
 * NULs are dropped, lone surrogates become U+FFFD. `maxLength` cuts in UTF-16 units.
 */
export function cleanText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  const cut = text.length > maxLength ? text.slice(0, maxLength) : text;
  return cut.replace(NUL, "").replace(LONE_SURROGATE, "\uFFFD");
}
