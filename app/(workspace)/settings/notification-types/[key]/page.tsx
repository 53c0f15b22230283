import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { TypePlan } from "@/components/settings/type-plan";
import { TypeTemplates } from "@/components/settings/type-templates";
import { TypeVariables } from "@/components/settings/type-variables";
import { requireViewer } from "@/lib/auth/viewer";
import { findRegistered } from "@/lib/domain/notification-types/registry";
import { readTypes } from "@/lib/notifications/read-types";
import { getDeps } from "@/lib/runtime";
import { listTemplates } from "@/lib/templates/find-template";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notificationTypes");
  return { title: t("title") };
}

type Props = { params: Promise<{ key: string }> };

/** A type of the workspace's own: what its events bring and plan, and in which words they are told. */
export default async function OwnTypePage({ params }: Props) {
  const { workspaceId, user, workspace } = await requireViewer("admin");
  const { db } = getDeps();
  const key = decodeURIComponent((await params).key);
  const type = findRegistered(await readTypes(db, workspaceId), key);
  if (type?.origin !== "own") notFound();
  const [t, templates] = await Promise.all([
    getTranslations("notificationTypes"),
    listTemplates(db, workspaceId),
  ]);
  return (
    <>
      <Link
        href="/settings/notification-types"
        className="flex w-fit items-center gap-1 text-muted text-sm"
      >
        <ArrowLeft className="size-4" aria-hidden />
        {t("title")}
      </Link>
      <PageTitle
        title={type.names[user.locale ?? workspace.locale]}
        lead={<code className="break-all font-mono">{key}</code>}
      />
      <Section title={t("variables.title")} lead={t("variables.lead")}>
        <TypeVariables typeKey={key} variables={type.variables} />
      </Section>
      <Section title={t("templates.title")} lead={t("templates.lead")}>
        <TypeTemplates
          typeKey={key}
          templates={templates.filter(({ event }) => event === key)}
          channels={type.defaultChannels}
        />
      </Section>
      <Section title={t("plan.title")} lead={t("plan.lead")}>
        <TypePlan type={type} />
      </Section>
    </>
  );
}
