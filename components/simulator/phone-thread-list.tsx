"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { SimMessage } from "@/lib/embedded/simulator/words";
import { cn } from "../ui/cn";
import { PhoneBubble } from "./phone-bubble";

type Props = {
  type: "sms" | "whatsapp";
  phone: string;
  messages: SimMessage[];
  /** null where nothing can be quoted. */
  onQuote: ((message: SimMessage) => void) | null;
};

/** The conversation as the person sees it; follows its end unless one has scrolled up. */
export function PhoneThreadList({ type, phone, messages, onQuote }: Props) {
  const t = useTranslations("simulator");
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const last = messages.at(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when the end has grown
  useEffect(() => {
    const element = list.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [last?.sid, last?.receipts.length, last?.status]);
  return (
    <div
      ref={list}
      role="log"
      aria-label={t("conversation")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: box }) => {
        isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
      }}
      className={cn(
        "flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-3 py-3",
        type === "whatsapp" ? "bg-canvas" : "bg-surface",
      )}
    >
      {messages.length === 0 ? (
        <p className="m-auto max-w-56 text-balance text-center text-muted text-sm">{t("empty")}</p>
      ) : null}
      {messages.map((message) => (
        <PhoneBubble
          key={message.sid}
          type={type}
          phone={phone}
          message={message}
          quoted={messages.find((one) => one.sid === message.repliesTo) ?? null}
          onQuote={message.direction === "inbound" ? null : onQuote}
        />
      ))}
    </div>
  );
}
