import type { Metadata } from "next";
import { getFormatter, getLocale, getTranslations } from "next-intl/server";
import { toColumns } from "@/components/dashboard/chart-data";
import { DashboardFilters } from "@/components/dashboard/dashboard-filters";
import { readPlace } from "@/components/dashboard/dashboard-place";
import { JobList } from "@/components/dashboard/job-list";
import { LastMessages } from "@/components/dashboard/last-messages";
import { SendingChart } from "@/components/dashboard/sending-chart";
import { StayFresh } from "@/components/dashboard/stay-fresh";
import { Tiles } from "@/components/dashboard/tiles";
import { TypeNames } from "@/components/notifications/type-names";
import { PageTitle } from "@/components/settings/page-title";
import { requireViewer } from "@/lib/auth/viewer";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { namesOf } from "../preferences/named-types";
import { readDashboard } from "./read-dashboard";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("dashboard");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** R312: is everything being delivered, how fast, and what waits. */
export default async function DashboardPage({ searchParams }: Props) {
  const viewer = await requireViewer("admin");
  const place = readPlace(await searchParams);
  const [t, types, channels, format, locale, registry, dashboard] = await Promise.all([
    getTranslations("dashboard"),
    getTranslations("history.types"),
    getTranslations("preferences.channels.short"),
    getFormatter(),
    getLocale(),
    readTypes(getDeps().db, viewer.workspaceId),
    readDashboard(viewer, place),
  ]);
  const { figures, senders, last, jobs } = dashboard;
  const { columns } = figures.period;
  const zone = viewer.user.timeZone ?? viewer.workspace.timeZone;
  const names = namesOf(registry, locale === "en" ? "en" : "fr");
  const nameOfType = (key: string) => names[key] ?? (types.has(key) ? types(key) : key);
  const at = format.dateTime(figures.period.until, { timeZone: zone, timeStyle: "medium" });
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-7xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <PageTitle title={t("title")} lead={t("lead")} />
        <DashboardFilters place={place} senders={senders} />
        <Tiles {...figures} />
        <div className="grid gap-5 xl:grid-cols-2">
          <SendingChart
            title={t("charts.byChannel")}
            columns={toColumns(columns, figures.channelsOverTime)}
            keys={figures.byChannel.map(({ key }) => ({ key, name: channels(key) }))}
          />
          <SendingChart
            title={t("charts.byType")}
            columns={toColumns(columns, figures.typesOverTime)}
            keys={figures.byType.map(({ key }) => ({ key, name: nameOfType(key) }))}
          />
        </div>
        <TypeNames names={names}>
          <LastMessages messages={last} zone={zone} />
        </TypeNames>
        <JobList jobs={jobs} zone={zone} />
        <p className="text-muted text-xs">{t("updated", { at })}</p>
        <StayFresh />
      </div>
    </div>
  );
}
