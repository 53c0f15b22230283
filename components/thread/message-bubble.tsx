"use client";

import { Forward } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import type { ThreadMessage } from "@/lib/domain/inbox";
import { linkedWords } from "@/lib/domain/linked-text";
import { useInbox } from "../inbox/inbox-context";
import { useTimeWords } from "../inbox/use-time-words";
import { cn } from "../ui/cn";
import { AutomaticLabel, QuotedNotifications } from "./about-notification";
import { ContentCard } from "./content-card";
import { MessageFate } from "./message-fate";
import { MessageMedia } from "./message-media";
import { MessageText } from "./message-text";
import { ProbableStop } from "./probable-stop";
import { StatusMark } from "./status-mark";

type Props = { message: ThreadMessage; opensRun: boolean; closesRun: boolean; personName: string };

/** One message: theirs on the left, ours on the right with its author and its tick. */
export const MessageBubble = memo(function MessageBubble(props: Props) {
  const t = useTranslations("thread");
  const { viewer } = useInbox();
  const time = useTimeWords();
  const { message, opensRun, closesRun } = props;
  const isOurs = message.direction === "out";
  const tells = isOurs && message.about.length > 0;
  const isGone = message.status === "failed" || message.status === "undelivered";
  const author = message.author?.id === viewer.id ? t("you") : message.author?.name;
  return (
    <article
      aria-label={t(isOurs ? "ours" : "theirs", {
        name: isOurs ? (author ?? t("automatic")) : props.personName,
        time: time.clock(message.createdAt),
      })}
      className={cn(
        "flex flex-col px-4 sm:px-6",
        isOurs ? "items-end" : "items-start",
        opensRun || tells ? "pt-3" : "pt-0.5",
      )}
    >
      {(opensRun && isOurs) || tells ? (
        <p className="mb-0.5 max-w-[min(34rem,85%)] px-1 text-subtle text-xs">
          {tells ? <AutomaticLabel about={message.about} /> : (author ?? t("automatic"))}
        </p>
      ) : null}
      <div
        className={cn(
          "flex max-w-[min(34rem,85%)] flex-col gap-1.5 rounded-2xl px-3 py-1.5 text-base",
          isOurs ? "bg-accent-soft" : "bg-bubble",
          isOurs && closesRun && "rounded-br-sm",
          !isOurs && closesRun && "rounded-bl-sm",
          isGone && "bg-danger-soft",
        )}
      >
        {message.content?.forwarded ? (
          <p className="flex items-center gap-1 text-subtle text-xs">
            <Forward className="size-3" aria-hidden />
            {t("forwarded")}
          </p>
        ) : null}
        <Quote message={message} personName={props.personName} />
        {message.subject ? <p className="font-medium">{message.subject}</p> : null}
        <MessageMedia media={message.media} />
        <ContentCard message={message} />
        {message.kind === "button" || message.kind === "list" ? null : (
          <MessageText text={message.body} />
        )}
      </div>
      {closesRun || message.status === "unconfirmed" || isGone ? (
        <p className="mt-0.5 flex items-center gap-1 px-1 text-2xs text-subtle">
          <time dateTime={message.createdAt} title={time.full(message.createdAt)}>
            {time.clock(message.createdAt)}
          </time>
          {isOurs ? <StatusMark message={message} /> : null}
        </p>
      ) : null}
      {isOurs ? <MessageFate message={message} /> : null}
      {isOurs && linkedWords(message) !== null ? (
        <p className="mt-0.5 max-w-[min(34rem,85%)] px-1 text-subtle text-xs">
          {t("asLinks", { count: message.media.length })}
        </p>
      ) : null}
      {message.content?.sentElsewhere === true ? (
        <p className="mt-0.5 max-w-[min(34rem,85%)] px-1 text-subtle text-xs">
          {t("sentElsewhere", { count: Number(message.content.mediaCount ?? 0) })}
        </p>
      ) : null}
      {message.content?.recovered === true ? (
        <p className="mt-0.5 max-w-[min(34rem,85%)] px-1 text-subtle text-xs">{t("recovered")}</p>
      ) : null}
      {message.content?.probableStop === true ? <ProbableStop message={message} /> : null}
    </article>
  );
});

function Quote({ message, personName }: { message: ThreadMessage; personName: string }) {
  const t = useTranslations("thread");
  const { quoted, direction, about } = message;
  if (direction === "in" && about.length > 0) return <QuotedNotifications about={about} />;
  if (quoted === null) return null;
  return (
    <blockquote className="rounded-sm border-accent border-l-2 bg-surface/60 px-2 py-1 text-muted text-sm">
      <p className="font-medium text-2xs text-accent-fg">
        {quoted.direction === "out" ? t("quotesUs") : personName}
      </p>
      <p className="line-clamp-3 [overflow-wrap:anywhere]">
        {quoted.preview || t(quoted.id === null ? "quotesUnknown" : "withoutText")}
      </p>
    </blockquote>
  );
}
