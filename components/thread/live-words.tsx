"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { lastSeqOf } from "@/lib/domain/merge-live";
import { useInbox, useInboxSlice } from "../inbox/inbox-context";
import { EMPTY_THREAD } from "../inbox/inbox-state";
import { personName } from "../inbox/person-name";

/** Says new inbound messages of the open conversation to a screen reader, once each. */
export function LiveWords({ id }: { id: string }) {
  const t = useTranslations("thread");
  const { viewer } = useInbox();
  const messages = useInboxSlice((state) => (state.threads[id] ?? EMPTY_THREAD).messages);
  const isReady = useInboxSlice((state) => state.threads[id]?.status === "ready");
  const name = useInboxSlice((state) => {
    const card = state.cards[id];
    return card ? personName(card.person, viewer.homeCountry) : "";
  });
  const said = useRef<number | null>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (!isReady) return;
    const last = lastSeqOf(messages);
    const from = said.current;
    said.current = last;
    if (from === null || last <= from) return;
    const fresh = messages.filter(
      (message) => message.direction === "in" && (message.seq ?? 0) > from,
    );
    const text = fresh.map((message) => message.body || t("withoutText")).join(" ");
    if (fresh.length > 0) setWords(t("heard", { name, text }));
  }, [messages, isReady, name, t]);
  return (
    <p className="sr-only" aria-live="polite">
      {words}
    </p>
  );
}
