import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { EndpointList } from "@/components/webhooks/endpoint-list";
import { NewEndpoint } from "@/components/webhooks/new-endpoint";
import { listEndpoints } from "@/db/queries/webhooks";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.webhooks");
  return { title: t("title") };
}

export default async function WebhooksPage() {
  const viewer = await requireViewer("admin");
  const t = await getTranslations("settings.webhooks");
  const endpoints = await listEndpoints(getDeps().db, viewer.workspaceId);
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} action={<NewEndpoint />} />
      <Section
        title={t("listTitle")}
        lead={
          <a href="/docs#/Webhook%20endpoints" className="font-medium underline">
            {t("guide")}
          </a>
        }
      >
        <EndpointList endpoints={endpoints} />
      </Section>
    </>
  );
}
