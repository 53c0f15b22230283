import Link from "next/link";
import { useTranslations } from "next-intl";
import { type HistoryPlace, hrefOf, readPlace } from "./history-place";

/** One's own notifications, or those of the whole workspace. */
export function ViewTabs({ view }: Pick<HistoryPlace, "view">) {
  const t = useTranslations("history.views");
  return (
    <nav aria-label={t("label")} className="flex gap-1 border-line border-b">
      {(["own", "all"] as const).map((one) => (
        <Link
          key={one}
          href={hrefOf({ ...readPlace({}), view: one })}
          aria-current={one === view ? "page" : undefined}
          className="-mb-px flex h-9 items-center border-transparent border-b-2 px-2.5 font-medium text-muted text-sm hover:text-fg aria-[current=page]:border-accent aria-[current=page]:text-fg"
        >
          {t(one)}
        </Link>
      ))}
    </nav>
  );
}
