import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listCountries, listTimeZones } from "@/components/settings/choices";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { WorkspaceForm } from "@/components/settings/workspace-form";
import { Button } from "@/components/ui/button";
import { findWorkspace } from "@/db/queries/workspaces";
import { requireViewer } from "@/lib/auth/viewer";
import { DEFAULT_RETRIES } from "@/lib/domain/retry-delay";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.workspace");
  return { title: t("title") };
}

export default async function WorkspacePage() {
  const viewer = await requireViewer("admin");
  const t = await getTranslations("settings.workspace");
  const row = await findWorkspace(getDeps().db, viewer.workspaceId);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <Section title={t("about")}>
        <WorkspaceForm
          workspace={{
            ...viewer.workspace,
            pacePerMinute: row?.pacePerMinute ?? null,
            maxAttempts: row?.maxAttempts ?? DEFAULT_RETRIES.maxAttempts,
            retryDelaySeconds: row?.retryDelaySeconds ?? DEFAULT_RETRIES.delaySeconds,
          }}
          countries={listCountries(viewer.user.locale)}
          timeZones={listTimeZones()}
        />
      </Section>
      <Section title={t("consents")} lead={t("consentsLead")}>
        <div>
          <Button asChild size="sm">
            <a href="/api/v1/consents/export" download>
              {t("consentsExport")}
            </a>
          </Button>
        </div>
      </Section>
    </>
  );
}
