"use client";

import { MapPin, Reply } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { SimMessage } from "@/lib/embedded/simulator/words";
import { MessageText } from "../thread/message-text";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { BubbleMedia } from "./bubble-media";
import { ReceiptTrail } from "./receipt-trail";

type Props = {
  type: "sms" | "whatsapp";
  phone: string;
  message: SimMessage;
  quoted: SimMessage | null;
  onQuote: ((message: SimMessage) => void) | null;
};

/** A message on the person's phone: their own on the right; below it, what the network made of it. */
export function PhoneBubble({ type, phone, message, quoted, onQuote }: Props) {
  const t = useTranslations("simulator");
  const format = useFormatter();
  const isMine = message.direction === "inbound";
  const isLost = message.status === "undelivered" || message.status === "failed";
  const isComing = !isMine && !isLost && !["delivered", "read"].includes(message.status);
  return (
    <article
      aria-label={t(isMine ? "fromPerson" : "fromUs")}
      data-status={message.status}
      className={cn("group flex flex-col gap-0.5", isMine ? "items-end" : "items-start")}
    >
      <div className="flex max-w-full items-center gap-1">
        <div
          className={cn(
            "flex min-w-0 max-w-64 flex-col gap-1.5 rounded-2xl px-3 py-1.5 text-base shadow-sm",
            bubbleColour(type, isMine),
            isComing && "opacity-60",
            isLost && "border border-danger border-dashed bg-transparent text-muted shadow-none",
          )}
        >
          {quoted ? (
            <p className="truncate border-current border-l-2 pl-2 text-xs opacity-75">
              {quoted.body || t("attachment")}
            </p>
          ) : null}
          {message.media.map((media) => (
            <BubbleMedia key={media.sid} phone={phone} media={media} />
          ))}
          {message.extra?.kind === "location" ? (
            <p className="flex items-center gap-1.5">
              <MapPin className="size-4 shrink-0" aria-hidden />
              {message.extra.label || `${message.extra.latitude}, ${message.extra.longitude}`}
            </p>
          ) : null}
          <MessageText text={message.body} />
        </div>
        {onQuote ? (
          <IconButton
            label={t("quote")}
            size="xs"
            onClick={() => onQuote(message)}
            className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 max-sm:opacity-100"
          >
            <Reply />
          </IconButton>
        ) : null}
      </div>
      <p className="flex flex-wrap items-center gap-x-1.5 px-1 text-2xs text-subtle">
        <time suppressHydrationWarning dateTime={new Date(message.createdAt).toISOString()}>
          {format.dateTime(new Date(message.createdAt), isFresh(message) ? "time" : "moment")}
        </time>
        <ReceiptTrail message={message} />
      </p>
    </article>
  );
}

/** Older texts say their day too. */
function isFresh(message: SimMessage): boolean {
  return Date.now() - message.createdAt < 12 * 3_600_000;
}

function bubbleColour(type: "sms" | "whatsapp", isMine: boolean): string {
  if (!isMine) return type === "whatsapp" ? "bg-raised rounded-bl-sm" : "bg-bubble rounded-bl-sm";
  return type === "whatsapp"
    ? "bg-success-soft text-fg ring-1 ring-line rounded-br-sm"
    : "bg-accent text-on-accent rounded-br-sm";
}
