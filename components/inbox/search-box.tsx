"use client";

import { Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { controlStyle } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { useHydrated } from "../ui/use-hydrated";
import { useInbox, useInboxSlice } from "./inbox-context";

const DELAY_MS = 220;
export const SEARCH_ID = "inbox-search";

/** Finds people by name or number; `/` comes here, Escape empties it and then leaves. */
export function SearchBox() {
  const t = useTranslations("inbox.search");
  const { verbs } = useInbox();
  const q = useInboxSlice((state) => state.query.q);
  const [typed, setTyped] = useState(q);
  const isLive = useHydrated();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(q), [q]);
  const search = (text: string, delay: number) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => verbs.setQuery({ q: text }), delay);
  };
  return (
    <search className="relative mx-3 mb-2 block">
      <Search
        aria-hidden
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-3.5 text-subtle"
      />
      <input
        id={SEARCH_ID}
        type="text"
        inputMode="search"
        autoComplete="off"
        value={typed}
        placeholder={t("placeholder")}
        aria-label={t("label")}
        aria-keyshortcuts={isLive ? "/" : undefined}
        onChange={(event) => search(event.target.value, DELAY_MS)}
        onKeyDown={(event) => {
          if (event.key === "Enter") search(typed, 0);
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (typed === "") event.currentTarget.blur();
          else search("", 0);
        }}
        className={cn(controlStyle, "h-8 bg-canvas pr-8 pl-8 text-sm shadow-none max-md:h-10")}
      />
      {typed ? (
        <IconButton
          label={t("clear")}
          size="xs"
          className="absolute top-1 right-1 max-md:top-2"
          onClick={() => search("", 0)}
        >
          <X />
        </IconButton>
      ) : (
        <span className="pointer-events-none absolute top-1.5 right-2 max-md:hidden">
          <Kbd>/</Kbd>
        </span>
      )}
    </search>
  );
}
