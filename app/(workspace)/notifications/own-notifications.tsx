import { Bell } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { type HistoryPlace, hrefOf } from "@/components/notifications/history-place";
import { NotificationCard } from "@/components/notifications/notification-card";
import { PageLinks } from "@/components/notifications/page-links";
import { PersonalStats } from "@/components/notifications/personal-stats";
import { EmptyState } from "@/components/ui/empty-state";
import { decodeCursor } from "@/db/queries/cursor";
import { listNotifications } from "@/db/queries/notifications";
import type { Viewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";
import { type Reader, toLines } from "./delivery-line";
import { readOwnStats } from "./read-history";

const PAGE = 30;

type Props = { viewer: Viewer; place: HistoryPlace; reader: Reader };

/** What somebody was told, and was not, newest first, with the reason for every channel. */
export async function OwnNotifications({ viewer, place, reader }: Props) {
  const { workspaceId, personId } = viewer;
  const cursor = place.cursor === null ? null : decodeCursor(place.cursor);
  const [t, page, stats] = await Promise.all([
    getTranslations("notifications"),
    listNotifications(getDeps().db, { workspaceId, personId, filter: {}, cursor, limit: PAGE }),
    readOwnStats(viewer),
  ]);
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="flex min-w-0 flex-col gap-5">
        {page.notifications.length === 0 ? (
          <EmptyState icon={Bell} title={t("empty")}>
            {t("emptyLead")}
          </EmptyState>
        ) : (
          <ul className="flex flex-col divide-y divide-line rounded-xl border border-line bg-surface">
            {page.notifications.map((row) => (
              <li
                key={row.id}
                id={row.id}
                className="scroll-mt-4 target:bg-accent-soft target:first:rounded-t-xl target:last:rounded-b-xl"
              >
                <NotificationCard
                  notification={{
                    title: row.title,
                    body: row.body,
                    severity: row.severity,
                    subject: row.subject,
                    isUnread:
                      row.readAt === null && row.deliveries.some(({ fate }) => fate === "web"),
                    answer: row.answerAction,
                    createdAt: row.createdAt.toISOString(),
                  }}
                  deliveries={toLines(row.deliveries, reader)}
                  zone={reader.zone}
                  detailHref={hrefOf({ ...place, open: row.id })}
                />
              </li>
            ))}
          </ul>
        )}
        <PageLinks place={place} nextCursor={page.nextCursor} />
      </div>
      <PersonalStats {...stats} />
    </div>
  );
}
