import { getTranslations } from "next-intl/server";
import { Banner } from "../ui/banner";
import { CopyField } from "./copy-field";

type Props = { address: string; isReachable: boolean };

/** R405, R414: where Twilio delivers received messages, and what to do with it. */
export async function WebhookAddress({ address, isReachable }: Props) {
  const t = await getTranslations("settings.webhook");
  return (
    <div className="flex flex-col gap-3">
      <CopyField label={t("label")} value={address} />
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-muted text-sm marker:text-subtle">
        <li>{t("step1")}</li>
        <li>{t("step2")}</li>
        <li>{t("step3")}</li>
      </ol>
      {isReachable ? null : <Banner tone="warning">{t("local")}</Banner>}
    </div>
  );
}
