import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { EditIntegrationForm } from "@/components/settings/edit-integration-form";
import { DeleteIntegration } from "@/components/settings/integration-danger";
import { IntegrationTest } from "@/components/settings/integration-test";
import { PageTitle } from "@/components/settings/page-title";
import { ResendWebhook } from "@/components/settings/resend-webhook";
import { SandboxNotes } from "@/components/settings/sandbox-notes";
import { Section } from "@/components/settings/section";
import { TemplateSection } from "@/components/settings/template-section";
import { TokenOverlap } from "@/components/settings/token-overlap";
import { TrafficFigure } from "@/components/settings/traffic-figure";
import { Troubles } from "@/components/settings/troubles";
import { WebhookAddress } from "@/components/settings/webhook-address";
import { findIntegration, hasConversations } from "@/db/queries/integrations";
import { listTrafficDays } from "@/db/queries/traffic";
import { findMember, listViewersOfIntegration } from "@/db/queries/users";
import { listTemplates } from "@/db/queries/whatsapp-templates";
import { requireViewer } from "@/lib/auth/viewer";
import { isSandbox } from "@/lib/domain/sandbox";
import { resendWebhookAddress, webhookAddress } from "@/lib/domain/webhook-address";
import { getDeps, getRuntime } from "@/lib/runtime";
import { readFormChoices } from "../choices";
import { toFormValues } from "../form-values";
import { isPublicOrigin } from "../webhook";

const SHOWN_DAYS = 7;

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.integrations");
  return { title: t("title") };
}

export default async function IntegrationPage({ params }: Props) {
  const viewer = await requireViewer("admin");
  const { db } = getDeps();
  const id = z.uuid().safeParse((await params).id);
  const row = id.success ? await findIntegration(db, viewer, id.data) : null;
  if (!row) notFound();
  const { workspaceId } = viewer;
  const { accountId } = row;
  const [t, choices, viewerIds, hasHistory, me, days, templates] = await Promise.all([
    getTranslations("settings.integrations"),
    readFormChoices(viewer),
    listViewersOfIntegration(db, workspaceId, row.id),
    hasConversations(db, { workspaceId, integrationId: row.id }),
    findMember(db, workspaceId, viewer.user.id),
    listTrafficDays(db, { workspaceId, accountId, limit: SHOWN_DAYS }),
    row.type === "whatsapp" ? listTemplates(db, { workspaceId, integrationId: row.id }) : [],
  ]);
  const { appUrl } = getRuntime();
  // Answers by e-mail are read by nobody, and nothing comes in by AWS SNS.
  const comesIn = row.type !== "email" && row.provider !== "aws_sns";
  const isReachable = row.apiOrigin !== null || isPublicOrigin(appUrl);
  return (
    <>
      <PageTitle title={row.name} lead={t("providerOf", { type: t(`types.${row.type}`) })} />
      {row.hasNextToken ? <TokenOverlap id={row.id} /> : null}
      <Section title={t("sender")}>
        <EditIntegrationForm
          key={row.updatedAt.toISOString()}
          id={row.id}
          values={toFormValues(row, viewerIds)}
          isSystem={row.isSystem}
          hasHistory={hasHistory}
          {...choices}
        />
      </Section>
      {isSandbox(row) ? (
        <Section title={t("sandboxTitle")} lead={t("sandboxLead")}>
          <SandboxNotes />
        </Section>
      ) : null}
      <Section title={t("testTitle")} lead={t("testLead")}>
        <IntegrationTest
          id={row.id}
          channel={row.type}
          own={(row.type === "email" ? viewer.user.email : me?.phoneNumber) ?? null}
        />
      </Section>
      {row.provider === "resend" ? (
        <Section title={t("email.webhookTitle")} lead={t("email.webhookLead")}>
          <ResendWebhook address={resendWebhookAddress(appUrl, row.id)} isReachable={isReachable} />
        </Section>
      ) : null}
      {comesIn ? (
        <Section title={t("webhookTitle")} lead={t("webhookLead")}>
          <WebhookAddress
            id={row.id}
            address={webhookAddress(appUrl)}
            isReachable={isReachable}
            isSettable={row.provider === "twilio"}
          />
        </Section>
      ) : null}
      {row.type === "whatsapp" ? (
        <Section title={t("templatesTitle")} lead={t("templatesLead")}>
          <TemplateSection id={row.id} templates={templates} />
        </Section>
      ) : null}
      {row.provider === "twilio" ? (
        <Section title={t("trafficTitle")} lead={t("trafficLead")}>
          <TrafficFigure id={row.id} days={days} />
        </Section>
      ) : null}
      {comesIn ? (
        <Section title={t("troubles")}>
          <Troubles />
        </Section>
      ) : null}
      {row.isSystem ? null : (
        <Section
          title={t("danger")}
          lead={hasHistory ? t("dangerHistory") : t("dangerLead")}
          tone="danger"
        >
          {hasHistory ? null : <DeleteIntegration id={row.id} name={row.name} />}
        </Section>
      )}
    </>
  );
}
