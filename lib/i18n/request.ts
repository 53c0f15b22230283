import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isDatabaseGone } from "../../db/is-database-gone";
import { findViewer } from "../auth/viewer";
import { LOCALES, type Locale } from "../domain/words";
import { formats } from "./formats";
import { LOCALE_COOKIE, pickLocale } from "./locale";
import { readMessages } from "./messages";

const FALLBACK_ZONE = "Europe/Paris";

/** What next-intl renders a request with: the viewer's language, words and time zone. */
export default getRequestConfig(async ({ locale: asked }) => {
  const viewer = await findViewerForWords();
  const locale =
    LOCALES.find((known) => known === asked) ?? (await findLocale(viewer?.user.locale));
  return {
    locale,
    messages: await readMessages(locale),
    timeZone: viewer?.user.timeZone ?? viewer?.workspace.timeZone ?? FALLBACK_ZONE,
    formats,
  };
});

/** Without its database a page still needs words to say so; the page itself fails by its own read. */
async function findViewerForWords() {
  try {
    return await findViewer();
  } catch (error) {
    if (isDatabaseGone(error)) return null;
    throw error;
  }
}

async function findLocale(user: Locale | undefined) {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return pickLocale({
    user,
    cookie: jar.get(LOCALE_COOKIE)?.value,
    acceptLanguage: head.get("accept-language"),
  });
}
