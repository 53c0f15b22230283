import type { Carriage } from "./carries-mms";
import { bareContentType } from "./media-type";

const MB = 1024 * 1024;

/** Files of a message, at most (Twilio error 21623); WhatsApp carries one (reference §1.1). */
export function maxMedia(carriage: Carriage): number {
  return carriage === "whatsapp" ? 1 : 10;
}

const PICTURES = new Set(["image/jpeg", "image/png", "image/gif"]);
/** What WhatsApp shows or offers to open. */
const WHATSAPP =
  /^(?:image\/(?:jpeg|png|webp)|audio\/(?:mpeg|ogg|opus|amr|mp4|aac|3gpp)|video\/(?:mp4|3gpp)|application\/pdf|text\/(?:plain|csv|vcard)|application\/vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation))$/;

export type MediaFault =
  | { code: "media_too_large"; maxBytes: number }
  | { code: "media_type_not_allowed"; maxBytes: null };

type File = { contentType: string | null; size: number | null };

/**
 * What keeps a file from leaving; null: nothing that is known. By MMS pictures up to 5 MB, every other
 * kind up to 500 KB (Twilio's limits, reference §1.1); by WhatsApp the kinds it knows, pictures up to 5 MB,
 * the rest up to 16 MB; as a link, which no operator weighs, as much as we store.
 *
 * @param file what is not known of it is not held against it
 */
export function findMediaFault(carriage: Carriage, { contentType, size }: File): MediaFault | null {
  const type = bareContentType(contentType);
  if (carriage === "whatsapp" && type !== "" && !WHATSAPP.test(type)) {
    return { code: "media_type_not_allowed", maxBytes: null };
  }
  const maxBytes = maxMediaBytes(carriage, type);
  return size !== null && size > maxBytes ? { code: "media_too_large", maxBytes } : null;
}

export type FileFault = MediaFault | { code: "too_many_media"; maxBytes: null };

/**
 * The same for all files of one message, in their order: those beyond what a message carries are too many.
 * A file that cannot leave anyway takes nobody's place.
 */
export function findFileFaults(carriage: Carriage, files: readonly File[]): (FileFault | null)[] {
  let free = maxMedia(carriage);
  return files.map((file) => {
    const fault = findMediaFault(carriage, file);
    if (fault || free-- > 0) return fault;
    return { code: "too_many_media", maxBytes: null };
  });
}

function maxMediaBytes(carriage: Carriage, type: string): number {
  if (PICTURES.has(type) || (carriage !== "sms" && type === "image/webp")) return 5 * MB;
  if (carriage !== "sms") return 16 * MB;
  return type === "" ? 5 * MB : 500 * 1024;
}

/** `5 MB`, `500 KB`: as people read it, in every language of ours. */
export function sizeWords(bytes: number): { amount: number; unit: "MB" | "KB" } {
  return bytes >= MB
    ? { amount: Math.round(bytes / MB), unit: "MB" }
    : { amount: Math.round(bytes / 1024), unit: "KB" };
}
