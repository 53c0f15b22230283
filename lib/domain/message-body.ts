import { findMediaFault, MAX_MEDIA, type MediaFault, sizeWords } from "./media-rule";
import type { Channel } from "./words";

/** R220: UTF-16 units of an SMS or WhatsApp body (Twilio error 21617). */
export const MAX_BODY_UNITS = 1600;

export type BodyFault =
  | { code: "message_empty"; message: string }
  | { code: "message_too_long"; message: string }
  | { code: "too_many_media"; message: string }
  | { code: "media_too_large" | "media_type_not_allowed"; message: string };

type BodyFile = { contentType: string | null; size: number | null; fileName?: string | null };

type BodyInput = { channel: Channel; body: string; files: readonly BodyFile[] };

/** What is wrong with a text and its attachments before anything is stored; null when nothing is. */
export function findBodyFault({ channel, body, files }: BodyInput): BodyFault | null {
  if (body.trim() === "" && files.length === 0) {
    return { code: "message_empty", message: "A message needs a text or an attachment" };
  }
  if (body.length > MAX_BODY_UNITS) {
    const message = `The text has ${body.length} characters; ${MAX_BODY_UNITS} are the most`;
    return { code: "message_too_long", message };
  }
  if (files.length > MAX_MEDIA) {
    const message = `${files.length} attachments; ${MAX_MEDIA} are the most`;
    return { code: "too_many_media", message };
  }
  for (const file of files) {
    const fault = findMediaFault(channel, file);
    if (fault) return { code: fault.code, message: mediaWords(channel, file, fault) };
  }
  return null;
}

/** Names the file and how to mend it. */
function mediaWords(channel: Channel, file: BodyFile, fault: MediaFault): string {
  const name = file.fileName ?? "An attachment";
  if (fault.maxBytes === null) {
    return `${name} (${file.contentType}) is of a kind that WhatsApp does not carry: send a JPEG or PNG picture, a sound, an MP4 video, a PDF or an Office document`;
  }
  const { amount, unit } = sizeWords(fault.maxBytes);
  const way = channel === "sms" ? "by MMS" : "by WhatsApp";
  return `${name} is larger than ${amount} ${unit}, the most for its kind ${way}: make it smaller or send a link`;
}
