import { notificationWords } from "../domain/notification-words";
import type { ReplyCode } from "../domain/reply-codes/reply-code";
import type { Subject } from "../domain/subject";
import { withReplyHint } from "../domain/templates/template";
import {
  findApproved,
  type WordsOfTemplate,
  wordApproved,
} from "../domain/templates/template-book";
import { wordType } from "../domain/templates/word-type";
import type { Channel } from "../domain/words";
import type { Reach } from "./reach";
import type { Recipient } from "./recipients";

type Told = {
  readonly type: string;
  readonly title: string;
  readonly body: string;
  readonly subject: Subject | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly hasTemplate: boolean;
  /** null: nothing may be answered. */
  readonly replyCodes: readonly ReplyCode[] | null;
};

type To = {
  channel: Channel;
  recipient: Pick<Recipient, "locale" | "zone" | "templates">;
  reach: Pick<Reach, "needsApproved" | "integrationId">;
};

/** Of somebody's own words, or of several notifications. */
export const NO_TEMPLATE = { templateId: null, approved: null };

/**
 * What is written to a recipient by a channel: the type's template in their language, the approved text
 * that stands in for it outside WhatsApp's 24 h, else the notification's own words: of a type of the
 * workspace's own that has no template there.
 */
export function wordsOf(told: Told, { channel, recipient, reach }: To): WordsOfTemplate {
  const { type, hasTemplate, replyCodes } = told;
  const own = { ...notificationWords(told, channel), ...NO_TEMPLATE };
  if (!hasTemplate) return own;
  const { locale, zone, templates } = recipient;
  const data = withReplyHint(told.data, replyCodes ?? [], { channel, locale });
  const words = wordType({ type, data, locale, zone }, channel, templates) ?? own;
  if (!reach.needsApproved || reach.integrationId === null) return words;
  const { integrationId } = reach;
  const found = findApproved(templates, { event: type, locale, integrationId });
  return { ...words, ...(found && wordApproved(found, { data, zone })) };
}
