/** How long a link works after the last message that carried it, seconds. */
export const LINK_SECONDS = 365 * 24 * 3600;
/** Characters of a link in a text, at most. */
const MOST_IN_TEXT = 40;

const TOKEN = /^[A-Za-z0-9_-]{22}$/;

export function isLinkToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Where a person finds their preferences, without signing in. */
export function preferenceUrl(appUrl: string, token: string): string {
  return `${appUrl}/p/${token}`;
}

/** The link as a text carries it, without what phones add themselves; null: it would be too long. */
export function shortPreferenceUrl(appUrl: string, token: string): string | null {
  const short = preferenceUrl(appUrl, token).replace(/^https:\/\//, "");
  return short.length <= MOST_IN_TEXT ? short : null;
}

/** A token in the place of the real one where colleagues read, of the same length and alphabet. */
export const MASKED_TOKEN = "*".repeat(22);
