import type { Carriage } from "./carries-mms";
import { findMediaFault, type MediaFault, maxMedia, sizeWords } from "./media-rule";

/** R220: UTF-16 units of an SMS or WhatsApp body (Twilio error 21617). */
export const MAX_BODY_UNITS = 1600;

/** UTF-16 units of an e-mail's text, and of its HTML. */
export const MAX_EMAIL_TEXT_UNITS = 100_000;
export const MAX_EMAIL_HTML_UNITS = 500_000;

export type BodyFault =
  | { code: "message_empty"; message: string }
  | { code: "message_too_long"; message: string }
  | { code: "subject_required" | "media_not_supported"; message: string }
  | { code: "too_many_media"; message: string }
  | { code: "media_too_large" | "media_type_not_allowed"; message: string };

type BodyFile = { contentType: string | null; size: number | null; fileName?: string | null };

type BodyInput = {
  carriage: Carriage;
  body: string;
  files: readonly BodyFile[];
  email?: { subject: string; html: string | null } | null;
};

/** What is wrong with a text and its attachments before anything is stored; null when nothing is. */
export function findBodyFault(input: BodyInput): BodyFault | null {
  const { carriage, body, files } = input;
  if (carriage === "email") return findEmailFault(input);
  if (body.trim() === "" && files.length === 0) {
    return { code: "message_empty", message: "A message needs a text or an attachment" };
  }
  if (body.length > MAX_BODY_UNITS) return tooLong("text", body, MAX_BODY_UNITS);
  const tooMany = findCountFault(carriage, files.length);
  if (tooMany) return tooMany;
  for (const file of files) {
    const fault = findMediaFault(carriage, file);
    if (fault) return { code: fault.code, message: mediaWords(carriage, file, fault) };
  }
  return null;
}

/** R220: an e-mail has a subject and a text; its beautiful form is optional. */
function findEmailFault({ body, files, email }: BodyInput): BodyFault | null {
  if (!email || email.subject.trim() === "") {
    return { code: "subject_required", message: "An e-mail needs a subject (sujet requis)" };
  }
  if (body.trim() === "") {
    const message = "An e-mail needs a text, also where it has HTML: not everybody sees the latter";
    return { code: "message_empty", message };
  }
  if (body.length > MAX_EMAIL_TEXT_UNITS) return tooLong("text", body, MAX_EMAIL_TEXT_UNITS);
  if (email.html && email.html.length > MAX_EMAIL_HTML_UNITS) {
    return tooLong("HTML", email.html, MAX_EMAIL_HTML_UNITS);
  }
  if (files.length === 0) return null;
  const message = "E-mails carry no files here: put a link into the text";
  return { code: "media_not_supported", message };
}

/** R417: are there more files than one message carries? */
export function findCountFault(carriage: Carriage, count: number): BodyFault | null {
  if (count <= maxMedia(carriage)) return null;
  const most =
    carriage === "whatsapp"
      ? "WhatsApp carries one a message: send them one after another"
      : `${maxMedia(carriage)} are the most`;
  return { code: "too_many_media", message: `${count} attachments; ${most}` };
}

function tooLong(name: string, text: string, most: number): BodyFault {
  const message = `The ${name} has ${text.length} characters; ${most} are the most`;
  return { code: "message_too_long", message };
}

/** Names the file and how to mend it. */
function mediaWords(carriage: Carriage, file: BodyFile, fault: MediaFault): string {
  const name = file.fileName ?? "An attachment";
  if (fault.maxBytes === null) {
    return `${name} (${file.contentType}) is of a kind that WhatsApp does not carry: send a JPEG or PNG picture, a sound, an MP4 video, a PDF or an Office document`;
  }
  const { amount, unit } = sizeWords(fault.maxBytes);
  const most = `${name} is larger than ${amount} ${unit}, the most for its kind`;
  if (carriage === "link") return `${most}: make it smaller`;
  return `${most} ${carriage === "sms" ? "by MMS" : "by WhatsApp"}: make it smaller or send a link`;
}
