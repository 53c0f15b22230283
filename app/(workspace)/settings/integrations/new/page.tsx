import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewIntegrationForm } from "@/components/settings/new-integration-form";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { TwilioHelp } from "@/components/settings/twilio-help";
import { listIntegrations } from "@/db/queries/integrations";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";
import { readFormChoices } from "../choices";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.integrations");
  return { title: t("add") };
}

export default async function NewIntegrationPage() {
  const viewer = await requireViewer("admin");
  const [t, choices, rows] = await Promise.all([
    getTranslations("settings.integrations"),
    readFormChoices(viewer),
    listIntegrations(getDeps().db, viewer),
  ]);
  return (
    <>
      <PageTitle title={t("add")} lead={t("addLead")} />
      <TwilioHelp />
      <Section title={t("sender")}>
        <NewIntegrationForm {...choices} isFirst={rows.length === 0} />
      </Section>
    </>
  );
}
