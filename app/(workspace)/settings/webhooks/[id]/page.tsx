import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { DeleteEndpoint } from "@/components/webhooks/delete-endpoint";
import { DeliveryList } from "@/components/webhooks/delivery-list";
import { EndpointForm } from "@/components/webhooks/endpoint-form";
import { EndpointSecret } from "@/components/webhooks/endpoint-secret";
import { EndpointState } from "@/components/webhooks/endpoint-state";
import { ReplayFailed } from "@/components/webhooks/replay-failed";
import { TestEndpoint } from "@/components/webhooks/test-endpoint";
import { countWebhookDeliveries, findEndpoint, listWebhookDeliveries } from "@/db/queries/webhooks";
import { requireViewer } from "@/lib/auth/viewer";
import { getDeps } from "@/lib/runtime";

type Props = { params: Promise<{ id: string }> };

const DAY_MS = 86_400_000;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.webhooks");
  return { title: t("title") };
}

export default async function WebhookPage({ params }: Props) {
  const viewer = await requireViewer("admin");
  const { db, clock } = getDeps();
  const { workspaceId } = viewer;
  const id = z.uuid().safeParse((await params).id);
  const endpoint = id.success ? await findEndpoint(db, { workspaceId, id: id.data }) : null;
  if (!endpoint) notFound();
  const which = { workspaceId, id: endpoint.id };
  const now = clock.now();
  const since = new Date(now.getTime() - DAY_MS);
  const [t, deliveries, day] = await Promise.all([
    getTranslations("settings.webhooks"),
    listWebhookDeliveries(db, which),
    countWebhookDeliveries(db, { ...which, since }),
  ]);
  const isOverlap = endpoint.previousUntil !== null && endpoint.previousUntil > now;
  return (
    <>
      <PageTitle title={endpoint.description || t("endpoint")} lead={endpoint.url} />
      <EndpointState endpoint={endpoint} />
      <Section
        title={t("deliveries")}
        lead={t("dayCounts", day)}
        action={<TestEndpoint id={endpoint.id} isActive={endpoint.isActive} />}
      >
        <DeliveryList
          endpointId={endpoint.id}
          isActive={endpoint.isActive}
          deliveries={deliveries}
        />
        {deliveries.length > 0 && endpoint.isActive ? <ReplayFailed id={endpoint.id} /> : null}
      </Section>
      <Section title={t("settings")}>
        <EndpointForm endpoint={endpoint} />
      </Section>
      <Section title={t("secret")} lead={t("secretLead")}>
        <EndpointSecret id={endpoint.id} overlapUntil={isOverlap ? endpoint.previousUntil : null} />
      </Section>
      <Section title={t("deleteSection")} lead={t("deleteLead")} tone="danger">
        <DeleteEndpoint id={endpoint.id} />
      </Section>
    </>
  );
}
