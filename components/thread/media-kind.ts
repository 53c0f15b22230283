import type { ThreadMedia } from "@/lib/domain/inbox";

/** Types that every browser draws; others are offered as files. */
const PICTURES = /^image\/(?:jpeg|png|gif|webp|avif)$/u;

export function isPicture(media: ThreadMedia): boolean {
  return media.status === "stored" && PICTURES.test(media.contentType ?? "");
}

/** Where our own server gives out the bytes, to whoever may see the conversation. */
export function mediaUrl(media: Pick<ThreadMedia, "id">): string {
  return `/api/v1/media/${media.id}`;
}
