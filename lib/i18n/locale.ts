import { LOCALES, type Locale } from "../domain/words";

/** Cookie of the language that somebody chose before signing in. */
export const LOCALE_COOKIE = "locale";

/** The language of a page: the user's, else the cookie's, else the browser's first known one, else French. */
export function pickLocale(from: {
  user?: Locale | null;
  cookie?: string | null;
  acceptLanguage?: string | null;
}): Locale {
  return from.user ?? asLocale(from.cookie) ?? acceptedLocale(from.acceptLanguage) ?? LOCALES[0];
}

function asLocale(text: string | null | undefined): Locale | undefined {
  return LOCALES.find((locale) => locale === text);
}

/**
 * The language of ours that `Accept-Language` wants most; undefined: none (RFC 9110 §12.5.4: ranges with
 * a weight, the heaviest first, in the order written where equal).
 */
export function acceptedLocale(header: string | null | undefined): Locale | undefined {
  const ranges = (header ?? "").split(",").map((part) => {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const weight = parameters.find((text) => text.trim().startsWith("q="));
    return { language: range.split("-")[0], q: weight ? Number(weight.trim().slice(2)) : 1 };
  });
  const known = ranges.filter(({ language, q }) => q > 0 && asLocale(language));
  return asLocale(known.toSorted((a, b) => b.q - a.q)[0]?.language);
}
