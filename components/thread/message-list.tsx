"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { lastSeqOf } from "@/lib/domain/merge-live";
import { layOutThread, type ThreadItem } from "@/lib/domain/thread-items";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { EMPTY_THREAD, type PendingMessage } from "../inbox/inbox-state";
import { personName } from "../inbox/person-name";
import { unseenPending } from "../inbox/thread-state";
import { useTimeWords } from "../inbox/use-time-words";
import { Spinner } from "../ui/spinner";
import { useHydrated } from "../ui/use-hydrated";
import { ActivityLines } from "./activity-line";
import { MessageBubble } from "./message-bubble";
import { PendingBubble } from "./pending-bubble";
import { ScheduledList } from "./scheduled-list";
import { useReading } from "./use-reading";

/** How close to the end still counts as reading the newest. Pixels. */
const END_PX = 80;
const LOAD_OLDER_BEFORE = 6;
/** Lines drawn by the server and until the browser has taken over. */
const FIRST_LINES = 40;
const NONE: readonly PendingMessage[] = [];

type Line =
  | ThreadItem
  | { type: "older"; key: "older" }
  | { type: "pending"; key: string; pending: PendingMessage }
  | { type: "end"; key: "end" };

/** The thread of one conversation, opened at its end; older pages come in above without a jump. */
export function MessageList({ id }: { id: string }) {
  const lines = useLines(id);
  const isHydrated = useHydrated();
  return isHydrated ? (
    <LiveLines id={id} lines={lines} />
  ) : (
    <div className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto">
      <div>
        {lines.slice(-FIRST_LINES).map((line) => (
          <LineView key={line.key} id={id} line={line} />
        ))}
      </div>
    </div>
  );
}

function useLines(id: string): Line[] {
  const { viewer } = useInbox();
  const thread = useInboxSlice((state) => state.threads[id] ?? EMPTY_THREAD);
  const pending = useInboxSlice((state) => state.pending[id] ?? NONE);
  const { messages, activities, newAfterSeq, olderCursor } = thread;
  const { timeZone } = viewer;
  const items = useMemo(
    () => layOutThread({ messages, activities, newAfterSeq, timeZone }),
    [messages, activities, newAfterSeq, timeZone],
  );
  return useMemo(
    () => [
      ...(olderCursor === null ? [] : [{ type: "older", key: "older" } as const]),
      ...items,
      ...unseenPending(pending, messages, viewer.id).map((wait) => ({
        type: "pending" as const,
        key: wait.clientId,
        pending: wait,
      })),
      { type: "end", key: "end" } as const,
    ],
    [items, olderCursor, pending, messages, viewer.id],
  );
}

function LiveLines({ id, lines }: { id: string; lines: Line[] }) {
  const t = useTranslations("thread");
  const { verbs } = useInbox();
  const frame = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: (index) => estimate(lines[index]),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: END_PX,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const lastLine = lines.at(-2);
  const isOwnNews = lastLine?.type === "pending";

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the thread is opened
  useLayoutEffect(() => rows.scrollToEnd(), []);
  useEffect(() => {
    if (first < LOAD_OLDER_BEFORE && lines[0]?.type === "older") void verbs.loadOlder(id);
  }, [first, lines, id, verbs]);
  // A reply of one's own is always looked at.
  useLayoutEffect(() => {
    if (isOwnNews) rows.scrollToEnd();
  }, [isOwnNews, rows]);
  useReading(id, isAtEnd);
  useStayAtEnd(frame, isAtEnd, () => rows.scrollToEnd());

  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={frame}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        tabIndex={0}
        aria-label={t("messages")}
        data-thread={id}
        className="h-full overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
        onScroll={() => setAtEnd(rows.isAtEnd(END_PX))}
      >
        {/* A short thread stands on the composer, where the server drew it and the next line comes. */}
        <div className="flex min-h-full flex-col justify-end">
          <div className="relative w-full shrink-0" style={{ height: rows.getTotalSize() }}>
            {items.map((item) => {
              const line = lines[item.index];
              return line === undefined ? null : (
                <div
                  key={item.key}
                  ref={rows.measureElement}
                  data-index={item.index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LineView id={id} line={line} />
                </div>
              );
            })}
          </div>
        </div>
      </section>
      {isAtEnd ? null : <ToEnd id={id} onGo={() => rows.scrollToEnd({ behavior: "smooth" })} />}
    </div>
  );
}

/** A banner over the composer takes room from the thread: who was at its end stays there. */
function useStayAtEnd(frame: RefObject<HTMLElement | null>, isAtEnd: boolean, toEnd: () => void) {
  const wasAtEnd = useRef(isAtEnd);
  const go = useRef(toEnd);
  useEffect(() => {
    wasAtEnd.current = isAtEnd;
    go.current = toEnd;
  });
  useEffect(() => {
    if (!frame.current) return;
    const observer = new ResizeObserver(() => {
      if (wasAtEnd.current) go.current();
    });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
}

function estimate(line: Line | undefined): number {
  switch (line?.type) {
    case "message":
      return (
        46 + Math.ceil(line.message.body.length / 60) * 22 + (line.message.media.length && 220)
      );
    case "pending":
      return 80;
    default:
      return 40;
  }
}

function LineView({ id, line }: { id: string; line: Line }) {
  const { viewer } = useInbox();
  const name = useInboxSlice((state) => {
    const card = state.cards[id];
    return card ? personName(card.person, viewer.homeCountry) : "";
  });
  switch (line.type) {
    case "older":
      return (
        <p className="flex h-10 items-center justify-center text-subtle">
          <Spinner />
        </p>
      );
    case "day":
      return <DayLine day={line.day} />;
    case "new":
      return <NewLine />;
    case "activities":
      return <ActivityLines activities={line.activities} />;
    case "message":
      return (
        <MessageBubble
          message={line.message}
          opensRun={line.opensRun}
          closesRun={line.closesRun}
          personName={name}
        />
      );
    case "pending":
      return <PendingBubble pending={line.pending} />;
    case "end":
      return <End id={id} />;
    default:
      return line satisfies never;
  }
}

function DayLine({ day }: { day: string }) {
  const time = useTimeWords();
  return (
    <h3 className="flex items-center gap-3 px-6 pt-5 pb-1 font-medium text-subtle text-xs first-letter:uppercase">
      <span className="h-px flex-1 bg-line" />
      <span className="first-letter:uppercase">{time.day(day)}</span>
      <span className="h-px flex-1 bg-line" />
    </h3>
  );
}

function NewLine() {
  const t = useTranslations("thread");
  return (
    <p className="flex items-center gap-3 px-6 pt-4 font-medium text-accent-fg text-xs">
      <span className="h-px flex-1 bg-accent/40" />
      {t("new")}
      <span className="h-px flex-1 bg-accent/40" />
    </p>
  );
}

function End({ id }: { id: string }) {
  const messages = useInboxSlice((state) => state.threads[id]?.messages ?? EMPTY_THREAD.messages);
  const scheduled = useMemo(() => messages.filter((message) => message.seq === null), [messages]);
  return (
    <div className="pb-4">
      <ScheduledList messages={scheduled} />
    </div>
  );
}

function ToEnd({ id, onGo }: { id: string; onGo: () => void }) {
  const t = useTranslations("thread");
  const lastSeq = useInboxSlice((state) => lastSeqOf(state.threads[id]?.messages ?? []));
  const [leftAt] = useState(lastSeq);
  const count = lastSeq - leftAt;
  return (
    <button
      type="button"
      onClick={onGo}
      aria-label={t("toEnd")}
      className="-translate-x-1/2 absolute bottom-3 left-1/2 flex h-8 animate-rise-in items-center gap-1.5 whitespace-nowrap rounded-full border border-strong bg-raised px-3 text-sm shadow-md hover:bg-hover"
    >
      <ArrowDown className="size-4" aria-hidden />
      {count > 0 ? t("newBelow", { count }) : t("toEnd")}
    </button>
  );
}
