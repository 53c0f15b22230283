import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listCountries, listTimeZones } from "@/components/settings/choices";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { WorkspaceForm } from "@/components/settings/workspace-form";
import { requireViewer } from "@/lib/auth/viewer";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.workspace");
  return { title: t("title") };
}

export default async function WorkspacePage() {
  const viewer = await requireViewer("admin");
  const t = await getTranslations("settings.workspace");
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <Section title={t("about")}>
        <WorkspaceForm
          workspace={viewer.workspace}
          countries={listCountries(viewer.user.locale)}
          timeZones={listTimeZones()}
        />
      </Section>
    </>
  );
}
