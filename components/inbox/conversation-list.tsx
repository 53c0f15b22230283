"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";
import { Skeleton } from "../ui/skeleton";
import { CARD_HEIGHT, ConversationCard } from "./conversation-card";
import { useInbox, useInboxSlice } from "./inbox-context";
import { ListEmpty, ListFailed } from "./list-empty";
import { currentList } from "./list-state";
import { NewArrivals } from "./new-arrivals";

const LOAD_AHEAD = 12;
/** Rows of the server's first draw, before the browser has measured anything. */
const FIRST_RECT = { width: 340, height: 800 };

/**
 * The conversations of the current view. While the pointer rests on it or it is scrolled down, it
 * holds still: rows change in place, and what came or rose waits behind a pill.
 */
export function ConversationList() {
  const t = useTranslations("inbox");
  const { verbs } = useInbox();
  const list = useInboxSlice(currentList);
  const selectedId = useInboxSlice((state) => state.selectedId);
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: list.shown.length + (list.nextCursor ? 1 : 0),
    getScrollElement: () => frame.current,
    estimateSize: () => CARD_HEIGHT,
    getItemKey: (index) => list.shown[index] ?? "more",
    overscan: 6,
    initialRect: FIRST_RECT,
  });
  const hold = useHold(frame);
  const items = rows.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (list.status === "ready" && lastIndex >= list.shown.length - LOAD_AHEAD)
      void verbs.loadMore();
  }, [lastIndex, list.shown.length, list.status, verbs]);

  // Only when another one is selected: a live update must not scroll.
  const scrolledTo = useRef<string | null>(null);
  useEffect(() => {
    if (scrolledTo.current === selectedId) return;
    const index = selectedId === null ? -1 : list.shown.indexOf(selectedId);
    if (index < 0 && selectedId !== null) return;
    scrolledTo.current = selectedId;
    if (index >= 0) rows.scrollToIndex(index, { align: "auto" });
  }, [selectedId, list.shown, rows]);

  if (list.status === "loading" && list.shown.length === 0) return <ListSkeleton />;
  if (list.status === "failed") return <ListFailed />;
  if (list.shown.length === 0 && list.arrivals.length === 0) return <ListEmpty />;

  const entry = selectedId !== null && list.shown.includes(selectedId) ? selectedId : list.shown[0];
  return (
    <div className="relative min-h-0 flex-1">
      <NewArrivals onShow={() => frame.current?.scrollTo({ top: 0 })} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: holds still under the pointer, adds no control */}
      <div
        ref={frame}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
        onScroll={hold.onScroll}
        onPointerEnter={hold.onEnter}
        onPointerLeave={hold.onLeave}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step === 0 || !(event.target instanceof HTMLAnchorElement)) return;
          event.preventDefault();
          verbs.move(step);
          requestAnimationFrame(() => {
            frame.current?.querySelector<HTMLElement>("[aria-current=true]")?.focus();
          });
        }}
      >
        <ul aria-label={t("list")} className="relative" style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const id = list.shown[item.index];
            return (
              <li
                key={item.key}
                aria-setsize={list.nextCursor ? -1 : list.shown.length}
                aria-posinset={item.index + 1}
                className="absolute inset-x-0 top-0"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {id ? <ConversationCard id={id} isEntry={id === entry} /> : <CardSkeleton />}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}

/** Holds the list while the pointer is on it or it is scrolled down. */
function useHold(frame: RefObject<HTMLDivElement | null>) {
  const { verbs } = useInbox();
  const isOver = useRef(false);
  const settle = () => verbs.hold(isOver.current || (frame.current?.scrollTop ?? 0) > 4);
  return {
    onScroll: settle,
    onEnter: (event: PointerEvent) => {
      // A finger leaves no pointer behind to be held still for.
      isOver.current = event.pointerType === "mouse";
      settle();
    },
    onLeave: () => {
      isOver.current = false;
      settle();
    },
  };
}

export function ListSkeleton() {
  return (
    <div className="min-h-0 flex-1 overflow-hidden" aria-hidden>
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
        <div key={key} className="relative" style={{ height: CARD_HEIGHT }}>
          <CardSkeleton />
        </div>
      ))}
    </div>
  );
}

function CardSkeleton() {
  return (
    <div className="flex gap-2.5 px-4 py-3">
      <Skeleton className="size-8 rounded-full" />
      <div className="flex flex-1 flex-col gap-2">
        <Skeleton className="h-3.5 w-2/5" />
        <Skeleton className="h-3 w-4/5" />
        <Skeleton className="h-3 w-1/3" />
      </div>
    </div>
  );
}
