const MARKS = /\p{M}+/gu;
const SPACES = /\s+/gu;

/**
 * Text as search compares it: no accents, lower case, œ/æ/ß spelt out, one space between words.
 * The query and the stored text go through the same function.
 */
export function foldForSearch(text: string): string {
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replace(SPACES, " ")
    .trim();
}

const FRENCH_NUMBER = /^\+33(\d{9})$/;

/**
 * What `persons.search_text` holds. French numbers are there in both forms (+33612345678 and
 * 0612345678), since people search for what they would dial.
 */
export function personSearchText(person: {
  name?: string | null;
  company?: string | null;
  profileName?: string | null;
  addresses: readonly string[];
}): string {
  const dialled = person.addresses.flatMap((address) => {
    const national = FRENCH_NUMBER.exec(address)?.[1];
    return national ? [address, `0${national}`] : [address];
  });
  const parts = [person.name, person.company, person.profileName, ...dialled];
  return foldForSearch(parts.filter(Boolean).join(" "));
}
