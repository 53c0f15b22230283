"use client";

import { Paperclip, SendHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Carriage } from "@/lib/domain/carries-mms";
import { appendLinks } from "@/lib/domain/linked-text";
import { maxMedia } from "@/lib/domain/media-rule";
import { measureSegments } from "@/lib/domain/segments";
import type { Channel } from "@/lib/domain/words";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { AttachmentStrip } from "./attachment-strip";
import { FileNotes } from "./composer-notes";
import { MessageField } from "./message-field";
import { PriceEstimate } from "./price-estimate";
import { MAX_UNITS, SegmentMeter } from "./segment-meter";
import { useReadiness } from "./use-readiness";
import type { Uploads } from "./use-uploads";

type Props = {
  fieldId: string;
  channel: Channel;
  /** How its files will travel, as far as is known. */
  carriage: Carriage;
  /** ISO 3166-1 alpha-2 of who it goes to, which its price depends on; null: not known (yet). */
  country: string | null;
  text: string;
  onText: (text: string) => void;
  uploads: Uploads;
  onSend: () => void;
  isSending?: boolean;
  disabled?: boolean;
  placeholder: string;
  /** Before the meter: who it goes from. */
  from?: ReactNode;
  minRows?: number;
};

/** Where a text is written: field, files, meter and the button that sends. */
export function WritingBox(props: Props) {
  const { text, uploads, channel, disabled } = props;
  const t = useTranslations("composer");
  const picker = useRef<HTMLInputElement>(null);
  const { links, sent, measure, isTooLong, isEmpty, isReady } = useReadiness(props);
  const remeasure = (other: string) => measureSegments(appendLinks(other, links));
  const canSend = isReady && !disabled && !props.isSending;
  const send = () => {
    if (canSend) props.onSend();
  };
  const isDragged = useDrop(uploads.add, disabled === true);
  return (
    <div
      className={cn(
        "relative rounded-xl border border-strong bg-surface shadow-sm transition-colors focus-within:border-ring",
        disabled && "bg-canvas",
      )}
    >
      {isDragged ? (
        <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center rounded-xl border-2 border-accent border-dashed bg-accent-soft font-medium text-accent-fg text-sm">
          {t("drop")}
        </div>
      ) : null}
      <AttachmentStrip uploads={uploads} />
      <FileNotes linked={links.length} {...props} />
      <MessageField
        id={props.fieldId}
        value={text}
        onChange={props.onText}
        onSend={send}
        onFiles={uploads.add}
        label={t("field")}
        placeholder={props.placeholder}
        disabled={disabled}
        guilty={channel === "sms" ? measure.guilty : []}
        minRows={props.minRows}
      />
      <div className="flex items-end gap-2 px-2 pb-2">
        <input
          ref={picker}
          type="file"
          multiple
          className="sr-only"
          tabIndex={-1}
          aria-hidden
          onChange={(event) => {
            uploads.add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <IconButton
          label={t("attach")}
          size="sm"
          className="max-md:size-10"
          disabled={disabled || uploads.items.length >= maxMedia(props.carriage)}
          onClick={() => picker.current?.click()}
        >
          <Paperclip />
        </IconButton>
        {props.from}
        <div className="flex min-h-7 min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 max-md:min-h-10">
          {isTooLong ? (
            <span className="font-medium text-danger-fg text-xs" role="alert">
              {t("tooLong", { count: measure.units - MAX_UNITS, max: MAX_UNITS })}
            </span>
          ) : channel === "sms" ? (
            <SegmentMeter
              text={text}
              measure={measure}
              remeasure={remeasure}
              onCheapen={props.onText}
            />
          ) : null}
          {isEmpty || isTooLong ? null : (
            <PriceEstimate
              message={{
                direction: "out",
                channel,
                hasMedia: uploads.media.length > links.length,
                body: sent,
                segments: measure.segments,
                country: props.country,
              }}
            />
          )}
        </div>
        <Button
          variant="primary"
          size="sm"
          className="max-md:h-10"
          disabled={!canSend}
          loading={props.isSending}
          onClick={send}
          title={t("sendTitle")}
          aria-keyshortcuts="Control+Enter Meta+Enter"
        >
          {t("send")}
          <SendHorizontal aria-hidden />
        </Button>
      </div>
    </div>
  );
}

/** Files dropped anywhere on the screen land here. */
function useDrop(onFiles: (files: Iterable<File>) => void, isDisabled: boolean): boolean {
  const [isDragged, setDragged] = useState(false);
  useEffect(() => {
    if (isDisabled) return;
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setDragged(true);
    };
    const leave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setDragged(false);
    };
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setDragged(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("dragover", over);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("dragover", over);
      window.removeEventListener("drop", drop);
    };
  }, [onFiles, isDisabled]);
  return isDragged;
}
