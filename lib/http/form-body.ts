/** A form as received: every pair in order. */
export type FormPairs = readonly (readonly [name: string, value: string])[];

const MAX_PAIRS = 1000;

/**
 * Reads an `application/x-www-form-urlencoded` body strictly: bytes that are no UTF-8, broken percent
 * escapes and thousands of pairs are refused (null), where URLSearchParams would quietly repair them.
 */
export function parseForm(body: Buffer): FormPairs | null {
  const text = body.toString("latin1");
  if (!ASCII.test(text)) return null;
  const parts = text.split("&");
  if (parts.length > MAX_PAIRS) return null;
  const pairs: [string, string][] = [];
  try {
    for (const part of parts) {
      if (part === "") continue;
      const equals = part.indexOf("=");
      const name = equals < 0 ? part : part.slice(0, equals);
      const value = equals < 0 ? "" : part.slice(equals + 1);
      pairs.push([decode(name), decode(value)]);
    }
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
  return pairs;
}

/** The first value of each name. */
export function firstValues(pairs: FormPairs): Map<string, string> {
  const first = new Map<string, string>();
  for (const [name, value] of pairs) if (!first.has(name)) first.set(name, value);
  return first;
}

/** A form-encoded body holds visible ASCII only; everything else is percent-encoded. */
const ASCII = /^[\x21-\x7e]*$/;

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  return spaced.includes("%") ? decodeURIComponent(spaced) : spaced;
}
