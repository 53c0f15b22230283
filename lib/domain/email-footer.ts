import type { Locale } from "./words";

type Mail = { text: string; html: string | null };

/** What stands below every mail of ours; the words of its reader's language. */
const WORDS: Record<Locale, { noReply: string; unsubscribe: string; preferences: string }> = {
  en: {
    noReply: "This address does not read replies.",
    unsubscribe: "Unsubscribe",
    preferences: "Choose what you receive, or nothing any more",
  },
  fr: {
    noReply: "Cette adresse ne lit pas les réponses.",
    unsubscribe: "Se désabonner",
    preferences: "Choisir ce que vous recevez, ou ne plus rien recevoir",
  },
};

type Links = {
  unsubscribeUrl: string | null;
  /** Of a notification: where its recipient chooses what comes. */
  preferencesUrl?: string | null;
};

/**
 * The mail with a notice below it: nobody reads answers to it, and how to receive no more of them.
 *
 * @param unsubscribeUrl null: a mail about the account itself, which cannot be refused
 */
export function withFooter(
  { text, html }: Mail,
  { locale, unsubscribeUrl, preferencesUrl = null }: Links & { locale: Locale },
): Mail {
  const words = WORDS[locale];
  const lines = [
    words.noReply,
    preferencesUrl && `${words.preferences}: ${preferencesUrl}`,
    unsubscribeUrl && `${words.unsubscribe}: ${unsubscribeUrl}`,
  ];
  // "-- " is how mail programs know where a text ends and what stands below it begins.
  const below = ["-- ", ...lines.filter((line) => line !== null)].join("\n");
  return {
    text: `${text.trimEnd()}\n\n${below}\n`,
    html:
      html === null
        ? null
        : insertBelow(html, htmlFooter(words, { unsubscribeUrl, preferencesUrl })),
  };
}

function htmlFooter(
  words: (typeof WORDS)[Locale],
  { unsubscribeUrl, preferencesUrl }: Links,
): string {
  const anchor = (url: string | null | undefined, label: string) =>
    url ? ` <a href="${escapeHtml(url)}" style="color:#6b7280">${label}</a>` : "";
  const link =
    anchor(preferencesUrl, words.preferences) + anchor(unsubscribeUrl, words.unsubscribe);
  return `<p style="margin:24px 0 0;font:12px/1.5 sans-serif;color:#6b7280">${words.noReply}${link}</p>`;
}

/** Inside the document where there is one: mail programs drop what follows it. */
function insertBelow(html: string, footer: string): string {
  const end = html.toLowerCase().lastIndexOf("</body>");
  return end < 0 ? html + footer : html.slice(0, end) + footer + html.slice(end);
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
