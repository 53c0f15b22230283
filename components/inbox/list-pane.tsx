"use client";

import { SquarePen } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "../ui/icon-button";
import { ConnectionNote } from "./connection-note";
import { ConversationList } from "./conversation-list";
import { useInbox, useInboxSlice } from "./inbox-context";
import { listKey } from "./inbox-state";
import { NumberFilter } from "./number-filter";
import { SearchBox } from "./search-box";
import { ViewTabs } from "./view-tabs";

/** The left pane: which list, and the list. */
export function ListPane() {
  const t = useTranslations("inbox");
  const { verbs } = useInbox();
  const key = useInboxSlice((state) => listKey(state.query));
  return (
    <section aria-label={t("title")} className="flex h-full min-h-0 flex-col bg-surface">
      <h1 className="sr-only">{t("title")}</h1>
      <div className="flex h-13 shrink-0 items-center justify-between gap-2 pr-2 pl-3">
        <NumberFilter />
        <IconButton
          label={t("compose")}
          shortcut="c"
          className="max-md:size-10"
          onClick={() => verbs.show("start")}
        >
          <SquarePen />
        </IconButton>
      </div>
      <SearchBox />
      <ViewTabs />
      <ConversationList key={key} />
      <ConnectionNote />
    </section>
  );
}
