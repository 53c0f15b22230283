import { AlarmClock, Bell, SlidersHorizontal } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { NotificationCard } from "@/components/notifications/notification-card";
import { ReadAll } from "@/components/notifications/read-all";
import { PageTitle } from "@/components/settings/page-title";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { decodeCursor } from "@/db/queries/cursor";
import { countUnread, listNotifications } from "@/db/queries/notifications";
import { requireViewer } from "@/lib/auth/viewer";
import { deliveryState } from "@/lib/domain/deciding/delivery-state";
import { sentenceOf } from "@/lib/domain/deciding/sentence";
import { hasRole } from "@/lib/domain/words";
import { getDeps } from "@/lib/runtime";

const PAGE = 30;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };

/** What somebody was told, and was not, newest first, with the reason for every channel. */
export default async function NotificationsPage({ searchParams }: Props) {
  const { workspaceId, personId, user, workspace, role } = await requireViewer();
  const { db } = getDeps();
  const { cursor } = await searchParams;
  const from = typeof cursor === "string" ? decodeCursor(cursor) : null;
  const listing = { workspaceId, personId, filter: {}, cursor: from, limit: PAGE };
  const [t, locale, page, unread] = await Promise.all([
    getTranslations("notifications"),
    getLocale(),
    listNotifications(db, listing),
    countUnread(db, { workspaceId, personId }),
  ]);
  const zone = user.timeZone ?? workspace.timeZone;
  const reader = { locale: locale === "en" ? "en" : "fr", zone } as const;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <PageTitle
          title={t("title")}
          lead={t("lead")}
          action={
            <span className="flex flex-wrap gap-2">
              {unread > 0 ? <ReadAll /> : null}
              {hasRole(role, "agent") ? (
                <Button asChild>
                  <Link href="/reminders">
                    <AlarmClock aria-hidden />
                    {t("reminders")}
                  </Link>
                </Button>
              ) : null}
              <Button asChild>
                <Link href="/preferences">
                  <SlidersHorizontal aria-hidden />
                  {t("preferences")}
                </Link>
              </Button>
            </span>
          }
        />
        {page.notifications.length === 0 ? (
          <EmptyState icon={Bell} title={t("empty")}>
            {t("emptyLead")}
          </EmptyState>
        ) : (
          <ul className="flex flex-col divide-y divide-line rounded-xl border border-line bg-surface">
            {page.notifications.map((row) => (
              <li key={row.id}>
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
                  deliveries={row.deliveries.map((delivery) => ({
                    channel: delivery.channel,
                    state: deliveryState(delivery),
                    sentence: sentenceOf(delivery, reader),
                  }))}
                  zone={zone}
                />
              </li>
            ))}
          </ul>
        )}
        <nav className="flex gap-2 empty:hidden" aria-label={t("title")}>
          {from ? (
            <Button asChild>
              <Link href="/notifications">{t("newest")}</Link>
            </Button>
          ) : null}
          {page.nextCursor ? (
            <Button asChild>
              <Link href={`/notifications?cursor=${encodeURIComponent(page.nextCursor)}`}>
                {t("older")}
              </Link>
            </Button>
          ) : null}
        </nav>
      </div>
    </div>
  );
}
