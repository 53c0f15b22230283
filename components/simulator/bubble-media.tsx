"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import type { SimMedia } from "@/lib/embedded/simulator/words";

type Props = { phone: string; media: SimMedia };

/** A file in a bubble: seen, heard, or saved. */
export function BubbleMedia({ phone, media }: Props) {
  const t = useTranslations("simulator");
  const src = `/simulator/data/media?${new URLSearchParams({ phone, sid: media.sid })}`;
  const family = media.contentType.split("/")[0];
  if (family === "image") {
    return (
      // biome-ignore lint/performance/noImgElement: bytes of our own route, of unknown size
      <img
        src={src}
        alt={media.fileName ?? t("photo")}
        className="-mx-1.5 -mt-0.5 max-h-56 w-[calc(100%+0.75rem)] max-w-none rounded-xl object-cover"
      />
    );
  }
  if (family === "audio") {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a voice message has none
      <audio controls src={src} aria-label={t("voice")} className="h-9 w-56" />
    );
  }
  return (
    <a href={src} download={media.fileName ?? ""} className="flex items-center gap-1.5 underline">
      <FileText className="size-4 shrink-0" aria-hidden />
      {media.fileName ?? t("attachment")}
    </a>
  );
}
