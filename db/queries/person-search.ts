import { and, like, or, type SQL } from "drizzle-orm";
import { foldForSearch } from "../../lib/domain/fold-for-search";
import { persons } from "../schema";

const MAX_TERMS = 5;
/** Below this a trigram index cannot find a piece in the middle of a word, only its beginning. */
const TRIGRAM = 3;

/**
 * The condition under which a person answers a typed search: every word is somewhere in the name,
 * company or addresses, whatever its case and accents; a phone number in any national writing.
 * @returns undefined when nothing was typed
 */
export function personMatches(typed: string): SQL | undefined {
  const digits = phoneDigits(typed);
  if (digits !== null) return contains(digits);
  const terms = foldForSearch(typed).split(/\s+/).filter(Boolean).slice(0, MAX_TERMS);
  return terms.length === 0 ? undefined : and(...terms.map(contains));
}

function contains(term: string): SQL | undefined {
  const literal = term.replace(/[\\%_]/g, "\\$&");
  if (term.length >= TRIGRAM) return like(persons.searchText, `%${literal}%`);
  return or(like(persons.searchText, `${literal}%`), like(persons.searchText, `% ${literal}%`));
}

/** `06 12 34` and `0033 6 12 34` are both found in `+3361234…`: the leading zeros are nobody's. */
function phoneDigits(typed: string): string | null {
  if (!/^[\d\s().+-]+$/.test(typed)) return null;
  const digits = typed.replace(/\D/g, "").replace(/^0+/, "");
  return digits.length >= TRIGRAM ? digits : null;
}
