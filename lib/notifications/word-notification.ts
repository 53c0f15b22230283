import { notificationWords, type Words } from "../domain/notification-words";
import type { Subject } from "../domain/subject";
import { wordType } from "../domain/templates/word-type";
import type { Channel } from "../domain/words";
import type { Recipient } from "./recipients";

type Told = {
  readonly type: string;
  readonly title: string;
  readonly body: string;
  readonly subject: Subject | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly hasTemplate: boolean;
};

/** What is written to a recipient by a channel: the type's template in their language, else its own words. */
export function wordsOf(
  told: Told,
  channel: Channel,
  { locale, zone }: Pick<Recipient, "locale" | "zone">,
): Words {
  const { type, data, hasTemplate } = told;
  if (!hasTemplate) return notificationWords(told, channel);
  return wordType({ type, data, locale, zone }, channel);
}
