"use client";

import { Download, FileText, ImageOff, LoaderCircle } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ThreadMedia } from "@/lib/domain/inbox";
import { cn } from "../ui/cn";
import { formatBytes } from "./format-bytes";
import { Lightbox } from "./lightbox";
import { isPicture, mediaUrl } from "./media-kind";

/** Everything attached to a message: pictures in a grid, players, and files to download. */
export function MessageMedia({ media }: { media: readonly ThreadMedia[] }) {
  const [shown, setShown] = useState<number | null>(null);
  const pictures = media.filter(isPicture);
  const others = media.filter((file) => !isPicture(file));
  if (media.length === 0) return null;
  return (
    <div className="flex flex-col gap-1.5">
      {pictures.length > 0 ? (
        <div
          className={cn(
            "grid gap-1 overflow-hidden rounded-md",
            pictures.length > 1 && "grid-cols-2",
          )}
        >
          {pictures.map((picture, index) => (
            <Picture
              key={picture.id}
              picture={picture}
              isAlone={pictures.length === 1}
              onOpen={() => setShown(index)}
            />
          ))}
        </div>
      ) : null}
      {others.map((file) => (
        <OtherFile key={file.id} file={file} />
      ))}
      <Lightbox pictures={pictures} index={shown} onIndex={setShown} />
    </div>
  );
}

const MAX_WIDTH = 300;
const MAX_HEIGHT = 340;

function Picture(props: { picture: ThreadMedia; isAlone: boolean; onOpen: () => void }) {
  const t = useTranslations("thread.media");
  const { picture, isAlone } = props;
  return (
    <button
      type="button"
      onClick={props.onOpen}
      aria-label={t("open", { name: picture.fileName ?? t("picture") })}
      className={cn(
        "block overflow-hidden bg-active focus-visible:outline-offset-[-2px]",
        !isAlone && "aspect-square w-36 max-w-full",
      )}
      style={isAlone ? placeFor(picture) : undefined}
    >
      {/* biome-ignore lint/performance/noImgElement: bytes are private and already of their size */}
      <img
        src={mediaUrl(picture)}
        alt={picture.fileName ?? t("picture")}
        loading="lazy"
        decoding="async"
        className="size-full object-cover"
      />
    </button>
  );
}

/** The place is reserved before the picture is there: its own proportions, or a square unknown. */
function placeFor({ width, height }: ThreadMedia) {
  if (width === null || height === null || width === 0 || height === 0) {
    return { width: 220, height: 220, maxWidth: "100%" };
  }
  const scale = Math.min(1, MAX_WIDTH / width, MAX_HEIGHT / height);
  return {
    width: Math.max(80, Math.round(width * scale)),
    aspectRatio: `${width} / ${height}`,
    maxWidth: "100%",
  };
}

function OtherFile({ file }: { file: ThreadMedia }) {
  const t = useTranslations("thread.media");
  const format = useFormatter();
  if (file.status === "owed") {
    return (
      <span className="flex h-12 w-56 items-center gap-2 rounded-md bg-active px-3 text-muted text-sm">
        <LoaderCircle className="size-4 animate-spin" aria-hidden />
        {t("owed")}
      </span>
    );
  }
  if (file.status === "failed") {
    return (
      <span className="flex h-12 w-56 items-center gap-2 rounded-md bg-active px-3 text-muted text-sm">
        <ImageOff className="size-4" aria-hidden />
        {t("failed")}
      </span>
    );
  }
  const type = file.contentType ?? "";
  if (type.startsWith("audio/")) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a customer's voice message comes without captions
      <audio controls preload="metadata" src={mediaUrl(file)} className="h-10 w-64 max-w-full" />
    );
  }
  if (type.startsWith("video/")) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: a customer's video comes without captions
      <video
        controls
        preload="metadata"
        src={mediaUrl(file)}
        className="aspect-video w-72 max-w-full rounded-md bg-black"
      />
    );
  }
  return (
    <a
      href={mediaUrl(file)}
      download={file.fileName ?? true}
      className="flex w-64 max-w-full items-center gap-2.5 rounded-md border border-line bg-surface px-3 py-2 hover:bg-hover"
    >
      <FileText className="size-5 shrink-0 text-muted" aria-hidden />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate font-medium text-fg text-sm">
          {file.fileName ?? t("document")}
        </span>
        <span className="text-subtle text-xs">
          {[type.split("/")[1]?.toUpperCase(), formatBytes(file.size, format)]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <Download className="size-4 shrink-0 text-subtle" aria-label={t("download")} />
    </a>
  );
}
