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
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { type Reader, readHistory } from "./read-history";

type Props = { viewer: Viewer; place: HistoryPlace; reader: Reader };

/** The history of the workspace, for who administers it. */
export async function AllNotifications({ viewer, place, reader }: Props) {
  const [t, own, { rows, nextCursor }, types] = await Promise.all([
    getTranslations("history"),
    getTranslations("notifications"),
    readHistory(viewer, place, reader),
    readTypes(getDeps().db, viewer.workspaceId),
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
