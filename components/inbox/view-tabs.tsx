"use client";

import { useTranslations } from "next-intl";
import { INBOX_VIEWS } from "@/lib/domain/words";
import { cn } from "../ui/cn";
import { useInbox, useInboxSlice } from "./inbox-context";
import { inboxUrl } from "./inbox-url";
import { COUNT_CAP } from "./list-state";
import { isPlainClick } from "./plain-click";

/** Mine, Unassigned, All, Resolved with how many each holds. */
export function ViewTabs() {
  const t = useTranslations("inbox");
  const { verbs } = useInbox();
  const { query, counts, selectedId } = useInboxSlice((state) => ({
    query: state.query,
    counts: state.counts,
    selectedId: state.selectedId,
  }));
  return (
    <nav aria-label={t("views.label")} className="flex gap-0.5 overflow-x-auto px-2 pb-1.5">
      {INBOX_VIEWS.map((view) => {
        const isCurrent = query.view === view;
        return (
          <a
            key={view}
            href={inboxUrl({ query: { ...query, view }, selectedId })}
            aria-current={isCurrent ? "page" : undefined}
            onClick={(event) => {
              if (!isPlainClick(event)) return;
              event.preventDefault();
              verbs.setQuery({ view });
            }}
            className={cn(
              "flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 font-medium text-sm transition-colors max-md:h-9",
              isCurrent ? "bg-active text-fg" : "text-muted hover:bg-hover hover:text-fg",
            )}
          >
            {t(`views.${view}`)}
            <span
              className={cn(
                "min-w-[1ch] text-2xs tabular-nums",
                isCurrent ? "text-muted" : "text-subtle",
              )}
            >
              {capped(counts[view])}
            </span>
          </a>
        );
      })}
    </nav>
  );
}

export function capped(count: number): string {
  return count >= COUNT_CAP ? "999+" : String(count);
}
