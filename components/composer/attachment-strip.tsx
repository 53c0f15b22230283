"use client";

import { CircleAlert, FileText, RotateCcw, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { sizeWords } from "@/lib/domain/media-rule";
import { isPicture, mediaUrl } from "../thread/media-kind";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import type { Upload, Uploads } from "./use-uploads";

/** The files that go with the message, each with its progress, its fault and a way out. */
export function AttachmentStrip({ uploads }: { uploads: Uploads }) {
  const t = useTranslations("composer.files");
  if (uploads.items.length === 0) return null;
  return (
    <ul aria-label={t("label")} className="flex flex-wrap gap-2 px-3 pt-2.5">
      {uploads.items.map((item) => (
        <Attachment key={item.key} item={item} uploads={uploads} />
      ))}
    </ul>
  );
}

function Attachment({ item, uploads }: { item: Upload; uploads: Uploads }) {
  const t = useTranslations("composer.files");
  const format = useFormatter();
  const fault = useFault(item);
  const percent = format.number(item.share, { style: "percent" });
  return (
    <li
      className={cn(
        "relative flex h-12 max-w-60 items-center gap-2 overflow-hidden rounded-md border pr-1 pl-2 text-sm",
        item.fault ? "border-danger bg-danger-soft" : "border-line bg-canvas",
      )}
    >
      <Thumb item={item} />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate">{item.name || t("file")}</span>
        <span
          className={cn("block truncate text-xs", fault ? "text-danger-fg" : "text-subtle")}
          role={fault ? "alert" : undefined}
          title={fault ?? undefined}
        >
          {fault ?? (item.media ? t("ready") : percent)}
        </span>
      </span>
      {item.fault && !item.fault.isFinal && item.file ? (
        <IconButton label={t("again")} size="xs" onClick={() => uploads.again(item.key)}>
          <RotateCcw />
        </IconButton>
      ) : null}
      <IconButton
        label={t("remove", { name: item.name })}
        size="xs"
        onClick={() => uploads.remove(item.key)}
      >
        <X />
      </IconButton>
      {item.media || item.fault ? null : (
        <span
          role="progressbar"
          aria-label={item.name}
          aria-valuenow={Math.round(item.share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
          className="absolute bottom-0 left-0 h-0.5 bg-accent transition-[width]"
          style={{ width: `${Math.round(item.share * 100)}%` }}
        />
      )}
    </li>
  );
}

function Thumb({ item }: { item: Upload }) {
  if (item.fault) return <CircleAlert className="size-4 shrink-0 text-danger-fg" aria-hidden />;
  if (item.media && isPicture(item.media)) {
    return (
      // biome-ignore lint/performance/noImgElement: bytes are private and already of their size
      <img src={mediaUrl(item.media)} alt="" className="size-8 shrink-0 rounded-sm object-cover" />
    );
  }
  return <FileText className="size-4 shrink-0 text-muted" aria-hidden />;
}

function useFault(item: Upload): string | null {
  const t = useTranslations("composer.files");
  if (item.fault === null) return null;
  const { code, detail, maxBytes } = item.fault;
  if (maxBytes) return t("faults.too_large_for", sizeWords(maxBytes));
  const key = `faults.${code}`;
  return t.has(key) ? t(key) : (detail ?? t("faults.unexpected"));
}
