import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { listOpenAlerts } from "@/db/queries/admin-alerts";
import { Banner } from "../ui/banner";
import { DismissAlert } from "./dismiss-alert";

type Alert = Awaited<ReturnType<typeof listOpenAlerts>>[number];

export function isWebhookAlert({ kind }: Alert): boolean {
  return kind === "webhook_endpoint_disabled";
}

/** An endpoint is sent nothing any more. */
export async function WebhookAlert({ alert }: { alert: Alert }) {
  const t = await getTranslations("shell.alerts");
  const because = alert.errorCode === "gone" ? "gone" : "failing";
  return (
    <Banner
      tone="danger"
      title={t("webhookTitle", { url: String(alert.data.url) })}
      action={<DismissAlert id={alert.id} says="seen" />}
    >
      {t(`webhookText.${because}`)}{" "}
      <Link href={`/settings/webhooks/${alert.targetId}`} className="font-medium underline">
        {t("openWebhook")}
      </Link>
    </Banner>
  );
}
