import { AlarmClock, CircleHelp, SlidersHorizontal } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DetailPanel } from "@/components/notifications/detail-panel";
import { type HistoryPlace, hrefOf, readPlace } from "@/components/notifications/history-place";
import { ReadAll } from "@/components/notifications/read-all";
import { TypeNames } from "@/components/notifications/type-names";
import { ViewTabs } from "@/components/notifications/view-tabs";
import { PageTitle } from "@/components/settings/page-title";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { countUnread } from "@/db/queries/notifications";
import { requireViewer, type Viewer } from "@/lib/auth/viewer";
import { hasRole } from "@/lib/domain/words";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { namesOf } from "../preferences/named-types";
import { AllNotifications } from "./all-notifications";
import type { Reader } from "./delivery-line";
import { OwnNotifications } from "./own-notifications";
import { readDetail } from "./read-history";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What somebody was told, and was not, with every reason; to administrators, of the whole workspace. */
export default async function NotificationsPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const isAdmin = hasRole(viewer.role, "admin");
  const asked = readPlace(await searchParams);
  const place: HistoryPlace = isAdmin ? asked : { ...asked, view: "own" };
  const [t, why, locale, unread, types] = await Promise.all([
    getTranslations("notifications"),
    getTranslations("why"),
    getLocale(),
    countUnread(getDeps().db, viewer),
    readTypes(getDeps().db, viewer.workspaceId),
  ]);
  const zone = viewer.user.timeZone ?? viewer.workspace.timeZone;
  const reader: Reader = { locale: locale === "en" ? "en" : "fr", zone };
  const isAll = place.view === "all";
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div
        // One width for both views: what is above them stays where it is.
        className="mx-auto flex max-w-7xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8"
      >
        <PageTitle
          title={t("title")}
          lead={t(isAll ? "leadAll" : "lead")}
          action={
            <span className="flex flex-wrap gap-2">
              {unread > 0 && !isAll ? <ReadAll /> : null}
              {hasRole(viewer.role, "agent") ? (
                <Button asChild>
                  <Link href="/reminders">
                    <AlarmClock aria-hidden />
                    {t("reminders")}
                  </Link>
                </Button>
              ) : null}
              <Button asChild>
                <Link href="/why">
                  <CircleHelp aria-hidden />
                  {why("open")}
                </Link>
              </Button>
              <Button asChild>
                <Link href="/preferences">
                  <SlidersHorizontal aria-hidden />
                  {t("preferences")}
                </Link>
              </Button>
            </span>
          }
        />
        {isAdmin ? <ViewTabs view={place.view} /> : null}
        <TypeNames names={namesOf(types, reader.locale)}>
          <OpenDetail viewer={viewer} place={place} reader={reader} mayResend={isAdmin} />
          {isAll ? (
            <AllNotifications viewer={viewer} place={place} reader={reader} types={types} />
          ) : (
            <OwnNotifications viewer={viewer} place={place} reader={reader} />
          )}
        </TypeNames>
      </div>
    </div>
  );
}

type DetailProps = { viewer: Viewer; place: HistoryPlace; reader: Reader; mayResend: boolean };

async function OpenDetail({ viewer, place, reader, mayResend }: DetailProps) {
  const { open: id } = place;
  if (id === null) return null;
  const personId = place.view === "all" ? "all" : viewer.personId;
  const notification = await readDetail(viewer, { id, personId, reader });
  if (!notification) {
    const t = await getTranslations("history");
    return <Banner tone="warning" title={t("gone")} />;
  }
  return (
    <DetailPanel
      notification={notification}
      closeHref={hrefOf({ ...place, open: null })}
      mayResend={mayResend}
      zone={reader.zone}
    />
  );
}
