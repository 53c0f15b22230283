import type { Locale } from "../words";
import { EMAIL_FRAME } from "./email-frame";
import { PLACES } from "./email-places";

type Mail = {
  /** Plain text. */
  title: string;
  /** HTML of a template, in which every value is escaped already. */
  content: string;
  /** Name of the workspace, above the text. */
  brand: string;
  locale: Locale;
};

/** The mail in the one layout, which every mail program shows, on a phone and in the dark too. */
export function layOutEmail({ title, content, brand, locale }: Mail): string {
  const words: Record<string, string> = {
    [PLACES.locale]: locale,
    [PLACES.title]: escapeHtml(title),
    [PLACES.brand]: escapeHtml(brand),
    [PLACES.content]: content,
  };
  // In one pass: what stands in a value is no place.
  return EMAIL_FRAME.replace(/@@\w+@@/g, (place) => words[place] ?? place);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
