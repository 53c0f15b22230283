"use client";

import { CloudOff, MessagesSquare, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Composer } from "../composer/composer";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { EMPTY_THREAD } from "../inbox/inbox-state";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Kbd } from "../ui/kbd";
import { Skeleton } from "../ui/skeleton";
import { LiveWords } from "./live-words";
import { MessageList } from "./message-list";
import { ThreadHeader } from "./thread-header";

type Props = { isContactShown: boolean; onToggleContact: () => void };

/** The middle pane: the open conversation, or what to do when none is. */
export function ThreadPane(props: Props) {
  const t = useTranslations("thread");
  const { verbs } = useInbox();
  const { id, card, status } = useInboxSlice((state) => {
    const selected = state.selectedId;
    return {
      id: selected,
      card: selected === null ? undefined : state.cards[selected],
      status: selected === null ? null : (state.threads[selected] ?? EMPTY_THREAD).status,
    };
  });
  if (id === null) return <NothingOpen />;
  if (status === "missing") {
    return (
      <EmptyState
        className="h-full"
        icon={SearchX}
        title={t("missing.title")}
        action={<Button onClick={() => verbs.select(null, "replace")}>{t("missing.back")}</Button>}
      >
        {t("missing.hint")}
      </EmptyState>
    );
  }
  return (
    <section aria-label={t("pane")} className="flex h-full min-h-0 flex-col bg-surface">
      {card ? (
        <ThreadHeader card={card} {...props} />
      ) : (
        <div className="flex h-13 shrink-0 items-center border-line border-b px-4">
          <Skeleton className="h-4 w-40" />
        </div>
      )}
      {status === "failed" ? (
        <EmptyState
          className="min-h-0 flex-1"
          icon={CloudOff}
          title={t("failed.title")}
          action={
            <Button size="sm" onClick={() => void verbs.loadConversation(id)}>
              {t("failed.again")}
            </Button>
          }
        >
          {t("failed.hint")}
        </EmptyState>
      ) : status === "loading" ? (
        <ThreadSkeleton />
      ) : (
        <MessageList key={id} id={id} />
      )}
      {card ? <Composer key={`composer:${id}`} id={id} /> : null}
      <LiveWords key={`live:${id}`} id={id} />
    </section>
  );
}

function NothingOpen() {
  const t = useTranslations("thread.nothing");
  const { verbs } = useInbox();
  return (
    <div className="flex h-full items-center justify-center bg-surface">
      <EmptyState
        icon={MessagesSquare}
        title={t("title")}
        action={
          <Button variant="primary" onClick={() => verbs.show("start")}>
            {t("start")}
          </Button>
        }
      >
        <span className="inline-flex flex-wrap items-center justify-center gap-1">
          {t.rich("hint", { kbd: (keys) => <Kbd>{keys}</Kbd> })}
        </span>
      </EmptyState>
    </div>
  );
}

const SKELETON = [
  ["a", "w-2/5", false],
  ["b", "w-1/2", false],
  ["c", "w-1/3", true],
  ["d", "w-2/5", false],
  ["e", "w-1/2", true],
] as const;

function ThreadSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end gap-3 px-6 py-6" aria-hidden>
      {SKELETON.map(([key, width, isOurs]) => (
        <Skeleton
          key={key}
          className={`h-9 rounded-2xl ${width} ${isOurs ? "self-end" : "self-start"}`}
        />
      ))}
    </div>
  );
}
