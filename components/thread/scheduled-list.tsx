"use client";

import { CalendarClock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ThreadMessage } from "@/lib/domain/inbox";
import { useInbox, useInboxSlice, useNow } from "../inbox/inbox-context";
import { useTimeWords } from "../inbox/use-time-words";
import { Button } from "../ui/button";

/** What will leave later, below everything that was said. */
export function ScheduledList({ messages }: { messages: readonly ThreadMessage[] }) {
  const t = useTranslations("thread.scheduled");
  const { verbs } = useInbox();
  const time = useTimeWords();
  if (messages.length === 0) return null;
  return (
    <section aria-label={t("title")} className="mx-4 mt-4 flex flex-col gap-1.5 sm:mx-6">
      {messages.map((message) => (
        <div
          key={message.id}
          className="ml-auto flex w-full max-w-md flex-col gap-1 rounded-xl border border-strong border-dashed px-3 py-2"
        >
          <p className="flex items-center gap-1.5 text-muted text-xs">
            <CalendarClock className="size-3.5" aria-hidden />
            {t("at", { at: time.moment(message.sendAfter ?? message.createdAt) })}
            <Button
              size="xs"
              variant="ghost"
              className="ml-auto"
              onClick={() => void verbs.cancel(message.conversationId, message.id)}
            >
              {t("cancel")}
            </Button>
          </p>
          <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">{message.body}</p>
          <HeldUp message={message} />
        </div>
      ))}
    </section>
  );
}

/** Why it is still here although it is due. */
function HeldUp({ message }: { message: ThreadMessage }) {
  const t = useTranslations("thread.reasons");
  const now = useNow();
  const { conversationId, sendAfter, statusReason } = message;
  const holdUp = useInboxSlice((state) => state.details[conversationId]?.holdUp ?? null);
  const isPaused = holdUp === "sending_paused" && Date.parse(sendAfter ?? "") <= now.getTime();
  const reason = isPaused ? "sending_paused" : statusReason;
  if (reason !== "sending_paused" && reason !== "budget_used_up") return null;
  return <p className="text-subtle text-xs">{t(reason)}</p>;
}
