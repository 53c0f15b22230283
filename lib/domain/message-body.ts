import type { Channel } from "./words";

/** R220: UTF-16 units of an SMS or WhatsApp body (Twilio error 21617). */
export const MAX_BODY_UNITS = 1600;
export const MAX_MEDIA = 10;
const MEGABYTE = 1024 * 1024;

/** Bytes of one attachment that the channel carries. */
export function maxMediaBytes(channel: Channel): number {
  return channel === "whatsapp" ? 16 * MEGABYTE : 5 * MEGABYTE;
}

export type BodyFault =
  | { code: "message_empty"; message: string }
  | { code: "message_too_long"; message: string }
  | { code: "too_many_media"; message: string }
  | { code: "media_too_large"; message: string };

type BodyInput = {
  channel: Channel;
  body: string;
  /** Sizes of the attachments in bytes; null where it is not known. */
  mediaSizes: readonly (number | null)[];
};

/** What is wrong with a text and its attachments before anything is stored; null when nothing is. */
export function findBodyFault({ channel, body, mediaSizes }: BodyInput): BodyFault | null {
  if (body.trim() === "" && mediaSizes.length === 0) {
    return { code: "message_empty", message: "A message needs a text or an attachment" };
  }
  if (body.length > MAX_BODY_UNITS) {
    const message = `The text has ${body.length} characters; ${MAX_BODY_UNITS} are the most`;
    return { code: "message_too_long", message };
  }
  if (mediaSizes.length > MAX_MEDIA) {
    const message = `${mediaSizes.length} attachments; ${MAX_MEDIA} are the most`;
    return { code: "too_many_media", message };
  }
  const limit = maxMediaBytes(channel);
  if (mediaSizes.some((size) => size !== null && size > limit)) {
    const message = `An attachment is larger than ${limit / MEGABYTE} MB`;
    return { code: "media_too_large", message };
  }
  return null;
}
