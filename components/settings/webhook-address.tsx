import { getTranslations } from "next-intl/server";
import { Banner } from "../ui/banner";
import { CopyField } from "./copy-field";
import { WebhookState } from "./webhook-state";

type Props = {
  id: string;
  address: string;
  isReachable: boolean;
  /** Can the provider be told from here? */
  isSettable: boolean;
};

/** R405, R414: where Twilio delivers received messages: set for one by a button, or by hand. */
export async function WebhookAddress({ id, address, isReachable, isSettable }: Props) {
  const t = await getTranslations("settings.webhook");
  return (
    <div className="flex flex-col gap-3">
      {isReachable ? null : <Banner tone="warning">{t("local")}</Banner>}
      {isSettable ? <WebhookState id={id} /> : null}
      <CopyField label={t("label")} value={address} />
      <ol className="flex list-decimal flex-col gap-1 pl-5 text-muted text-sm marker:text-subtle">
        <li>{t("step1")}</li>
        <li>{t("step2")}</li>
        <li>{t("step3")}</li>
      </ol>
    </div>
  );
}
