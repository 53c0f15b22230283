import type { Subject } from "./subject";
import type { Channel, Locale } from "./words";

/** What is written to somebody; the subject is of e-mails. */
export type Words = {
  readonly subject: string;
  readonly body: string;
  /** The beautiful form of `body` in an e-mail; null: it has none. */
  readonly html: string | null;
};

type Told = { readonly title: string; readonly body: string; readonly subject: Subject | null };

/** Titles in the summary of a text, which is to stay short; an e-mail lists all. */
const LISTED_IN_TEXT = 5;

/** A notification as it is written where no template says otherwise: every channel carries its link. */
export function notificationWords({ title, body, subject }: Told, channel: Channel): Words {
  const parts = channel === "email" ? [body || title] : [title, body];
  if (subject?.url) parts.push(subject.url);
  return { subject: title, body: parts.filter((part) => part !== "").join("\n"), html: null };
}

type Summing = {
  channel: Channel;
  locale: Locale;
  /** Where the reader finds all of them; null: they have no such place. */
  listUrl: string | null;
};

/**
 * Several as one: how many there are, and their titles in the order in which they came. Below them the
 * link of what all are about, else of the list.
 */
export function summaryWords(told: readonly Told[], { channel, locale, listUrl }: Summing): Words {
  const subject = `${told.length} notifications`;
  const listed = channel === "email" ? told : told.slice(0, LISTED_IN_TEXT);
  const lines = listed.map((one) => {
    const isLinked = channel === "email" && one.subject?.url;
    return isLinked ? `- ${one.title}\n  ${one.subject.url}` : `- ${one.title}`;
  });
  const rest = told.length - listed.length;
  if (rest > 0) lines.push(locale === "fr" ? `et ${rest} de plus` : `and ${rest} more`);
  const link = sharedUrl(told) ?? listUrl;
  if (link !== null) lines.push(link);
  const body = [`${subject}${locale === "fr" ? " :" : ":"}`, ...lines].join("\n");
  return { subject, body, html: null };
}

/** null: they are about different things, or of some nothing is known. */
function sharedUrl(told: readonly Told[]): string | null {
  const [first, ...others] = new Set(told.map(({ subject }) => subject?.url ?? null));
  return others.length === 0 ? (first ?? null) : null;
}
