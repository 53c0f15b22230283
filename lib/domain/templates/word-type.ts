import type { NotificationType } from "../notification-types/notification-type";
import { CHANNELS, type Channel, LOCALES, type Locale } from "../words";
import { checkTemplate } from "./check-template";
import { createMemory } from "./remember";
import { SHIPPED_TEMPLATES } from "./shipped/shipped-templates";
import { type TemplateWords, variablesOfEvent } from "./template";
import type { TemplateBook, WordsOfTemplate } from "./template-book";
import { placeKey, templateId } from "./template-id";
import { fillVariables } from "./variables";
import { findWordsFault, wordSubject, wordTemplate } from "./word-template";

type Told = {
  /** Key of a type. */
  type: string;
  data: Readonly<Record<string, unknown>>;
  locale: Locale;
  /** IANA zone in which the recipient reads the clock. */
  zone: string;
};

/**
 * What the type's template says on a channel, filled with data that `findWordingFaults` finds nothing
 * wrong with: the workspace's own where it has one that this data can fill and the outbox takes, else the
 * shipped one. So a notification leaves whatever somebody wrote into a template.
 *
 * @returns null: nothing is shipped for the type, and the workspace wrote nothing that this data fills
 * @throws where data is wrong after all for what is shipped
 */
export function wordType(told: Told, channel: Channel, book: TemplateBook): WordsOfTemplate | null {
  const { type: event, data, locale, zone } = told;
  const place = { event, channel, locale };
  const filling = { data, zone, brand: book.brand };
  const own = book.own.get(placeKey(place));
  const written = own && wordTemplate(own, filling);
  const isFit = written?.ok && findWordsFault(written.words, channel) === null;
  const shipped = isFit ? null : shippedWords(place);
  const worded = isFit ? written : shipped && wordTemplate(shipped, filling);
  if (!worded) return null;
  if (!worded.ok) throw new Error(`${event}: ${JSON.stringify(worded.faults)}`);
  return { ...worded.words, templateId: templateId(book.workspaceId, place), approved: null };
}

/** What lists show of one: the subject of its e-mail, as `wordType` chooses it; null: it has none. */
export function titleOfType(told: Told, book: TemplateBook): string | null {
  const place = { event: told.type, channel: "email", locale: told.locale } as const;
  if (book.own.has(placeKey(place))) return wordType(told, "email", book)?.subject ?? null;
  const shipped = shippedWords(place);
  if (!shipped) return null;
  const title = wordSubject(shipped, { ...told, brand: book.brand });
  if (!title.ok) throw new Error(`${told.type}: ${JSON.stringify(title.faults)}`);
  return title.text;
}

function shippedWords({
  event,
  channel,
  locale,
}: Omit<TemplateWords, "subject" | "body" | "variables">) {
  const key = placeKey({ event, channel, locale });
  const template = SHIPPED_BY_PLACE.get(key);
  const variables = variablesOfEvent({ event, channel, locale });
  return template && variables ? { ...template, variables } : null;
}

const SHIPPED_BY_PLACE = new Map(SHIPPED_TEMPLATES.map((one) => [placeKey(one), one]));

export type WordingFault = { name: string; message: string };

/** What is missing or wrong in the data for any channel and language of a ready type, each variable once. */
export function findWordingFaults(
  { key, variables }: NotificationType,
  data: Readonly<Record<string, unknown>>,
): WordingFault[] {
  const used = rememberUsed(key, () => usedByShipped(key));
  const filled = fillVariables(variables, data, used);
  if (filled.ok) return [];
  return filled.faults.map(({ name, fault }) => ({ name, message: valueFaultMessage(fault) }));
}

const rememberUsed = createMemory<readonly string[]>(SHIPPED_TEMPLATES.length);

/** The variables that a type's shipped templates need, on any channel and in any language. */
function usedByShipped(event: string): string[] {
  const words = LOCALES.flatMap((locale) =>
    CHANNELS.flatMap((channel) => shippedWords({ event, channel, locale }) ?? []),
  );
  return words.flatMap((shipped) => {
    const names = shipped.variables.map(({ name }) => name);
    return [shipped.subject ?? "", shipped.body].flatMap((source) => {
      const checked = checkTemplate(source, names);
      if (!checked.ok) throw new Error(`${event}: ${JSON.stringify(checked.faults)}`);
      return checked.used;
    });
  });
}

/** What would be right in the place of a value that a template cannot take. */
export function valueFaultMessage(fault: "missing" | "no_number" | "no_date" | "no_url"): string {
  switch (fault) {
    case "missing":
      return "Is missing: the template needs it";
    case "no_number":
      return "Must be a number";
    case "no_date":
      return "Must be an ISO 8601 time or date";
    case "no_url":
      return "Must be a link that begins with https://";
    default:
      return fault satisfies never;
  }
}
