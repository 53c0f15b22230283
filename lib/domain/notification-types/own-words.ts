import { withReplyHint } from "../templates/template";
import type { TemplateBook } from "../templates/template-book";
import { wordType } from "../templates/word-type";
import { CHANNELS, type Channel, type Locale } from "../words";
import type { RegisteredType } from "./registry";

/** Characters of what an event says itself, as of `POST /notifications`. */
export const LONGEST = { title: 200, message: 1400 } as const;

type Data = Readonly<Record<string, unknown>>;

/** What an event of a workspace's own type says itself; null: it leaves that to the type's templates. */
export function ownWordsOf({ title, message }: Data): { title: string; body: string } | null {
  return isSaid(title) && isSaid(message) ? { title, body: message } : null;
}

function isSaid(text: unknown): text is string {
  return typeof text === "string" && text.trim() !== "";
}

type Silence = { name: "title" | "message"; message: string };

type Asked = {
  data: Data;
  /** Of the recipient. */
  locale: Locale;
  zone: string;
  book: TemplateBook;
};

/**
 * What an event that says nothing itself has to say after all: one of the type's channels has no template
 * in the recipient's language that its data fills. The web shows what any of the others says.
 *
 * @param data with `customer_name`
 */
export function findSilence(
  {
    key,
    defaultChannels,
    replyCodes,
  }: Pick<RegisteredType, "key" | "defaultChannels" | "replyCodes">,
  { data, locale, zone, book }: Asked,
): Silence[] {
  const isWorded = (channel: Channel) => {
    const filled = withReplyHint(data, replyCodes, { channel, locale });
    return wordType({ type: key, data: filled, locale, zone }, channel, book) !== null;
  };
  const silent = defaultChannels.filter((channel) =>
    channel === "web" ? !CHANNELS.some(isWorded) : !isWorded(channel),
  );
  if (silent.length === 0) return [];
  return (["title", "message"] as const).flatMap((name) => {
    if (isSaid(data[name])) return [];
    const places = `${silent.join(", ")} in ${LANGUAGES[locale]}`;
    const message = `${key} has no template for ${places} that this data fills: say it here, in 1 to ${LONGEST[name]} characters`;
    return [{ name, message }];
  });
}

const LANGUAGES: Readonly<Record<Locale, string>> = { fr: "French", en: "English" };
