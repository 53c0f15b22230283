"use client";

import { ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useInbox, useInboxSlice } from "./inbox-context";
import { currentList } from "./list-state";

/** "3 new": what came while the list was held still, shown on demand. */
export function NewArrivals({ onShow }: { onShow: () => void }) {
  const t = useTranslations("inbox");
  const { verbs } = useInbox();
  const count = useInboxSlice((state) => currentList(state).arrivals.length);
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={() => {
        verbs.showArrivals();
        onShow();
      }}
      className="-translate-x-1/2 absolute top-1.5 left-1/2 z-10 flex h-7 animate-rise-in items-center gap-1 rounded-full bg-accent px-3 font-medium text-on-accent text-sm shadow-md hover:bg-accent-hover"
    >
      <ArrowUp className="size-3.5" aria-hidden />
      {t("arrivals", { count })}
    </button>
  );
}
