import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { WhyForm } from "@/components/why/why-form";
import { WhyTable } from "@/components/why/why-table";
import { listMembers } from "@/db/queries/users";
import { requireViewer, type Viewer } from "@/lib/auth/viewer";
import { localTimeOf, momentsOf } from "@/lib/domain/deciding/local-time";
import { sentenceOf } from "@/lib/domain/deciding/sentence";
import { hasRole } from "@/lib/domain/words";
import { id } from "@/lib/http/fields";
import { explainType } from "@/lib/notifications/explain-type";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { toNamedTypes } from "../preferences/named-types";

const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("why");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** For somebody, a type and an hour: what would come by which channel, what would not, and by which rule. */
export default async function WhyPage({ searchParams }: Props) {
  const viewer = await requireViewer();
  const { workspaceId, user, workspace } = viewer;
  const deps = getDeps();
  const query = await searchParams;
  const [t, locale, types, people] = await Promise.all([
    getTranslations("why"),
    getLocale(),
    readTypes(deps.db, workspaceId),
    readPeople(viewer),
  ]);
  const zone = user.timeZone ?? workspace.timeZone;
  const reader = { locale: locale === "en" ? "en" : "fr", zone } as const;
  const person = people.find(({ id: one }) => one === query.person)?.id ?? viewer.personId;
  const type = types.find(({ key }) => key === query.type) ?? types[0] ?? notFound();
  const at = readMoment(query.at, zone) ?? deps.clock.now();
  const asked = { workspaceId, personId: person, type, at };
  const explained = (await explainType(deps, asked)) ?? notFound();
  const { date, time } = localTimeOf(at, zone);
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-5 px-3 py-5 sm:px-6 sm:py-8">
        <PageTitle title={t("title")} lead={t("lead", { zone: zone.replaceAll("_", " ") })} />
        <WhyForm
          people={people}
          types={toNamedTypes(types, reader.locale)}
          chosen={{ person, type: type.key, at: `${date}T${time}` }}
        />
        <WhyTable
          rows={explained.map(({ severity, deliveries }) => ({
            severity,
            cells: deliveries.map(({ channel, insteadOf, decision }) => ({
              channel,
              fate: decision.fate,
              sentence: sentenceOf({ ...decision, channel, insteadOf }, reader),
            })),
          }))}
        />
      </div>
    </div>
  );
}

/** Whom an administrator may ask about; others ask about themselves. */
async function readPeople({ role, workspaceId }: Viewer): Promise<{ id: string; name: string }[]> {
  if (!hasRole(role, "admin")) return [];
  const members = await listMembers(getDeps().db, workspaceId);
  return members
    .filter(({ isActive }) => isActive)
    .map(({ personId, name }) => ({ id: id.parse(personId), name }));
}

/** A moment as the reader's clock shows it; null: none is asked for. */
function readMoment(text: string | string[] | undefined, zone: string): Date | null {
  const [, date, time] = (typeof text === "string" ? LOCAL.exec(text) : null) ?? [];
  if (!date || !time) return null;
  const { first } = momentsOf({ date, time }, zone);
  return Number.isNaN(first.getTime()) ? null : first;
}
