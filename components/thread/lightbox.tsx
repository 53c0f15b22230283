"use client";

import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { KeyboardEvent } from "react";
import type { ThreadMedia } from "@/lib/domain/inbox";
import { mediaUrl } from "./media-kind";

type Props = {
  pictures: readonly ThreadMedia[];
  /** null: closed. */
  index: number | null;
  onIndex: (index: number | null) => void;
};

const controlStyle =
  "inline-flex size-10 items-center justify-center rounded-full bg-black/40 text-white hover:bg-black/70 focus-visible:outline-white";

/** A picture over the whole screen. Arrows turn, Escape or a click beside it closes. */
export function Lightbox({ pictures, index, onIndex }: Props) {
  const t = useTranslations("thread.media");
  const picture = index === null ? undefined : pictures[index];
  const turn = (step: number) => {
    if (index === null) return;
    onIndex((index + step + pictures.length) % pictures.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") turn(1);
    if (event.key === "ArrowLeft") turn(-1);
  };
  return (
    <Radix.Root open={picture !== undefined} onOpenChange={(open) => open || onIndex(null)}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 animate-fade-in bg-black/85" />
        <Radix.Content
          aria-describedby={undefined}
          onKeyDown={onKeyDown}
          className="fixed inset-0 z-50 flex items-center justify-center p-4 outline-none sm:p-12"
          onClick={(event) => event.target === event.currentTarget && onIndex(null)}
        >
          <Radix.Title className="sr-only">{picture?.fileName ?? t("picture")}</Radix.Title>
          {picture ? (
            // biome-ignore lint/performance/noImgElement: bytes are private and already of their size
            <img
              src={mediaUrl(picture)}
              alt={picture.fileName ?? t("picture")}
              className="max-h-full max-w-full rounded-md object-contain shadow-lg"
            />
          ) : null}
          <div className="absolute top-3 right-3 flex gap-2">
            {picture ? (
              <a
                href={mediaUrl(picture)}
                download={picture.fileName ?? true}
                aria-label={t("download")}
                className={controlStyle}
              >
                <Download className="size-5" aria-hidden />
              </a>
            ) : null}
            <Radix.Close aria-label={t("close")} className={controlStyle}>
              <X className="size-5" aria-hidden />
            </Radix.Close>
          </div>
          {pictures.length > 1 ? (
            <>
              <button
                type="button"
                aria-label={t("previous")}
                onClick={() => turn(-1)}
                className={`${controlStyle} -translate-y-1/2 absolute top-1/2 left-3`}
              >
                <ChevronLeft className="size-6" aria-hidden />
              </button>
              <button
                type="button"
                aria-label={t("next")}
                onClick={() => turn(1)}
                className={`${controlStyle} -translate-y-1/2 absolute top-1/2 right-3`}
              >
                <ChevronRight className="size-6" aria-hidden />
              </button>
              <p className="absolute bottom-4 rounded-full bg-black/50 px-3 py-1 text-sm text-white tabular-nums">
                {(index ?? 0) + 1} / {pictures.length}
              </p>
            </>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
