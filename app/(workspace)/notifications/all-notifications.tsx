import { Bell, SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { HistoryFilters } from "@/components/notifications/history-filters";
import {
  type HistoryPlace,
  hrefOf,
  isFiltered,
  unfiltered,
} from "@/components/notifications/history-place";
import { HistoryTable } from "@/components/notifications/history-table";
import { PageLinks } from "@/components/notifications/page-links";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Viewer } from "@/lib/auth/viewer";
import { typeKeysOf } from "@/lib/domain/notification-types/find-type";
import type { TypeRegistry } from "@/lib/domain/notification-types/registry";
import type { Reader } from "./delivery-line";
import { readHistory } from "./read-history";

type Props = { viewer: Viewer; place: HistoryPlace; reader: Reader; types: TypeRegistry };

/** The history of the workspace, for who administers it. */
export async function AllNotifications({ viewer, place, reader, types }: Props) {
  const [t, own, { rows, nextCursor }] = await Promise.all([
    getTranslations("history"),
    getTranslations("notifications"),
    readHistory(viewer, place, reader),
  ]);
  return (
    <>
      <HistoryFilters place={place} types={typeKeysOf(types)} />
      {rows.length > 0 ? (
        <HistoryTable rows={rows} place={place} zone={reader.zone} />
      ) : isFiltered(place) ? (
        <EmptyState
          icon={SearchX}
          title={t("nothingFound")}
          action={
            <Button asChild>
              <Link href={hrefOf(unfiltered(place))}>{t("filters.clear")}</Link>
            </Button>
          }
        />
      ) : (
        <EmptyState icon={Bell} title={own("empty")}>
          {t("emptyLead")}
        </EmptyState>
      )}
      <PageLinks place={place} nextCursor={nextCursor} />
    </>
  );
}
