import type { NotificationType } from "../notification-types/notification-type";
import { CHANNELS, type Channel, LOCALES, type Locale } from "../words";
import { SHIPPED_TEMPLATES } from "./shipped/shipped-templates";
import { type TemplateWords, variablesOfEvent } from "./template";
import type { TemplateBook, WordsOfTemplate } from "./template-book";
import { placeKey, templateId } from "./template-id";
import { findWordsFault, type Worded, wordTemplate } from "./word-template";

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

function shippedWords({
  event,
  channel,
  locale,
}: Omit<TemplateWords, "subject" | "body" | "variables">) {
  const key = placeKey({ event, channel, locale });
  const template = SHIPPED_BY_PLACE.get(key);
  const variables = variablesOfEvent(event);
  return template && variables ? { ...template, variables } : null;
}

const SHIPPED_BY_PLACE = new Map(SHIPPED_TEMPLATES.map((one) => [placeKey(one), one]));

export type WordingFault = { name: string; message: string };

/** What is missing or wrong in the data for any channel and language of a ready type, each variable once. */
export function findWordingFaults(
  { key }: NotificationType,
  data: Readonly<Record<string, unknown>>,
): WordingFault[] {
  const faults = new Map<string, string>();
  for (const locale of LOCALES) {
    for (const channel of CHANNELS) {
      const words = shippedWords({ event: key, channel, locale });
      if (!words) throw new Error(`there is no template ${key} ${channel} ${locale}`);
      const worded = wordTemplate(words, { data, zone: "UTC", brand: "" });
      for (const { name, message } of valueFaults(key, worded)) faults.set(name, message);
    }
  }
  return [...faults].map(([name, message]) => ({ name, message }));
}

function valueFaults(key: string, worded: Worded): WordingFault[] {
  if (worded.ok) return [];
  return worded.faults.map((fault) => {
    if (!("fault" in fault)) throw new Error(`${key}: ${JSON.stringify(fault)}`);
    return { name: fault.name, message: valueFaultMessage(fault.fault) };
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
