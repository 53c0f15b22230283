"use client";

import { CheckCheck, CloudOff, Inbox, SearchX, UserRoundCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { useInbox, useInboxSlice } from "./inbox-context";

const ICONS = {
  mine: UserRoundCheck,
  unassigned: CheckCheck,
  all: Inbox,
  resolved: Inbox,
} as const;

/** Nothing in this view, and what to do next. */
export function ListEmpty() {
  const t = useTranslations("inbox.empty");
  const { verbs } = useInbox();
  const query = useInboxSlice((state) => state.query);
  const place = "min-h-0 flex-1";
  if (query.q.trim()) {
    return (
      <EmptyState
        className={place}
        icon={SearchX}
        title={t("search.title", { q: query.q.trim() })}
        action={
          query.view === "all" ? (
            <Button size="sm" onClick={() => verbs.setQuery({ q: "" })}>
              {t("search.clear")}
            </Button>
          ) : (
            <Button size="sm" onClick={() => verbs.setQuery({ view: "all" })}>
              {t("search.everywhere")}
            </Button>
          )
        }
      >
        {t("search.hint")}
      </EmptyState>
    );
  }
  const other = query.view === "mine" ? "unassigned" : query.view === "all" ? null : "all";
  return (
    <EmptyState
      className={place}
      icon={ICONS[query.view]}
      title={t(`${query.view}.title`)}
      action={
        other ? (
          <Button size="sm" onClick={() => verbs.setQuery({ view: other })}>
            {t(`show.${other}`)}
          </Button>
        ) : undefined
      }
    >
      {t(`${query.view}.hint`)}
    </EmptyState>
  );
}

export function ListFailed() {
  const t = useTranslations("inbox.failed");
  const { verbs } = useInbox();
  return (
    <EmptyState
      className="min-h-0 flex-1"
      icon={CloudOff}
      title={t("title")}
      action={
        <Button size="sm" onClick={() => void verbs.loadList()}>
          {t("again")}
        </Button>
      }
    >
      {t("hint")}
    </EmptyState>
  );
}
