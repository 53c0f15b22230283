import type { Locale } from "@/lib/domain/words";

export type Currency = { code: string; name: string };

/** Those most of our customers pay in come first. */
const FIRST = ["EUR", "USD", "CHF", "GBP", "CAD", "XOF", "XAF", "MAD"];

/** Every currency by its code and its name in the reader's language. */
export function listCurrencies(locale: Locale): Currency[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  const others = Intl.supportedValuesOf("currency").filter((code) => !FIRST.includes(code));
  return [...FIRST, ...others].map((code) => ({ code, name: names.of(code) ?? code }));
}
