import { AlarmClock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { LookPreview } from "@/components/reminders/look-preview";
import { ReminderFilter } from "@/components/reminders/reminder-filter";
import { ReminderRow } from "@/components/reminders/reminder-row";
import { PageTitle } from "@/components/settings/page-title";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { decodeCursor } from "@/db/queries/cursor";
import { listReminders } from "@/db/queries/reminders";
import { requireViewer } from "@/lib/auth/viewer";
import { previewReminders } from "@/lib/reminders/preview-reminders";
import { getDeps } from "@/lib/runtime";

const PAGE = 50;
const TABS = ["scheduled", "sent", "ended"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reminders");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What people will be reminded of, were, and why others were not. */
export default async function RemindersPage({ searchParams }: Props) {
  const { workspaceId, workspace } = await requireViewer("agent");
  const deps = getDeps();
  const query = await searchParams;
  const tab = TABS.find((one) => one === query.status) ?? "scheduled";
  const search = typeof query.q === "string" ? query.q.trim().slice(0, 100) : "";
  const cursor = typeof query.cursor === "string" ? decodeCursor(query.cursor) : null;
  const filter = { status: tab, search: search || undefined };
  const [t, page, preview] = await Promise.all([
    getTranslations("reminders"),
    listReminders(deps.db, { workspaceId, personId: "all", filter, cursor, limit: PAGE }),
    previewReminders(deps, workspaceId),
  ]);
  const zone = workspace.timeZone;
  const linkTo = (values: Record<string, string>) =>
    `/reminders?${new URLSearchParams({ status: tab, ...(search && { q: search }), ...values })}`;
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <PageTitle title={t("title")} lead={t("lead", { zone: zone.replaceAll("_", " ") })} />
        <LookPreview preview={preview} zone={zone} home={workspace.defaultCountry} />
        <ReminderFilter tabs={TABS} current={tab} search={search} />
        {page.reminders.length === 0 ? (
          <EmptyState icon={AlarmClock} title={search ? t("noneFound") : t(`empty.${tab}`)}>
            {search ? t("noneFoundLead", { search }) : t("emptyLead")}
          </EmptyState>
        ) : (
          <ul className="flex flex-col divide-y divide-line rounded-xl border border-line bg-surface">
            {page.reminders.map((row) => (
              <li key={row.id}>
                <ReminderRow reminder={row} zone={zone} home={workspace.defaultCountry} />
              </li>
            ))}
          </ul>
        )}
        <nav className="flex gap-2 empty:hidden" aria-label={t("pages")}>
          {cursor ? (
            <Button asChild>
              <Link href={linkTo({})}>{t("firstPage")}</Link>
            </Button>
          ) : null}
          {page.nextCursor ? (
            <Button asChild>
              <Link href={linkTo({ cursor: page.nextCursor })}>{t("more")}</Link>
            </Button>
          ) : null}
        </nav>
      </div>
    </div>
  );
}
