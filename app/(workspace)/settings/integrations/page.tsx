import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { IntegrationList } from "@/components/settings/integration-list";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { Troubles } from "@/components/settings/troubles";
import { TwilioHelp } from "@/components/settings/twilio-help";
import { Button } from "@/components/ui/button";
import { listIntegrations } from "@/db/queries/integrations";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.integrations");
  return { title: t("title") };
}

export default async function IntegrationsPage() {
  const viewer = await requireViewer("admin");
  const t = await getTranslations("settings.integrations");
  const rows = await listIntegrations(getDeps().db, viewer);
  const add = (
    <Button asChild variant="primary">
      <Link href="/settings/integrations/new">
        <Plus />
        {t("add")}
      </Link>
    </Button>
  );
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} action={rows.length > 0 ? add : null} />
      <Section title={t("listTitle")}>
        <IntegrationList rows={rows} country={viewer.workspace.defaultCountry} />
      </Section>
      {rows.length === 0 ? <TwilioHelp /> : null}
      <Section title={t("troubles")}>
        <Troubles />
      </Section>
    </>
  );
}
