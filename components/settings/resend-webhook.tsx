import { getTranslations } from "next-intl/server";
import { Banner } from "../ui/banner";
import { CopyField } from "./copy-field";

/** Where Resend is told to say what became of the mails; without it they stay "accepted" for a while. */
export async function ResendWebhook({
  address,
  isReachable,
}: {
  address: string;
  isReachable: boolean;
}) {
  const [t, webhook] = await Promise.all([
    getTranslations("settings.integrations.email"),
    getTranslations("settings.webhook"),
  ]);
  return (
    <div className="flex flex-col gap-3">
      {isReachable ? null : <Banner tone="warning">{webhook("local")}</Banner>}
      <CopyField label={t("webhook")} value={address} />
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-muted text-sm marker:text-subtle">
        <li>{t("webhookStep1")}</li>
        <li>{t("webhookStep2")}</li>
        <li>{t("webhookStep3")}</li>
      </ol>
    </div>
  );
}
