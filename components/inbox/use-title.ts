"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useInboxSlice } from "./inbox-context";

/** Unread conversations in the tab's title, whichever conversation is open. */
export function useTitle(): void {
  const t = useTranslations("inbox");
  const unread = useInboxSlice((state) =>
    state.senders.reduce((sum, sender) => sum + sender.unread, 0),
  );
  useEffect(() => {
    const count = unread > 999 ? "999+" : String(unread);
    document.title = `${unread > 0 ? `(${count}) ` : ""}${t("title")} · Carillon`;
  }, [unread, t]);
}
