import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { type HistoryPlace, hrefOf } from "./history-place";

type Props = { place: HistoryPlace; nextCursor: string | null };

/** Onwards to older ones, and back to the newest. */
export function PageLinks({ place, nextCursor }: Props) {
  const t = useTranslations("notifications");
  const at = (cursor: string | null) => hrefOf({ ...place, cursor, open: null });
  return (
    <nav className="flex gap-2 empty:hidden" aria-label={t("title")}>
      {place.cursor ? (
        <Button asChild>
          <Link href={at(null)}>{t("newest")}</Link>
        </Button>
      ) : null}
      {nextCursor ? (
        <Button asChild>
          <Link href={at(nextCursor)}>{t("older")}</Link>
        </Button>
      ) : null}
    </nav>
  );
}
