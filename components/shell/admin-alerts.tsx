import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import type { listOpenAlerts } from "@/db/queries/admin-alerts";
import type { StoppedSender } from "@/db/queries/stopped-senders";
import { Banner } from "../ui/banner";
import { BudgetAlert, isBudgetAlert } from "./budget-alert";
import { DismissAlert } from "./dismiss-alert";
import { StoppedSenders } from "./stopped-senders";
import { isWebhookAlert, WebhookAlert } from "./webhook-alert";

type Alert = Awaited<ReturnType<typeof listOpenAlerts>>[number];

type Props = {
  alerts: readonly Alert[];
  stopped: readonly StoppedSender[];
  nameOf: (targetId: string) => string | null;
};

/** What an administrator has to mend or to decide before messages leave again. */
export async function AdminAlerts({ alerts: raised, stopped, nameOf }: Props) {
  const [t, errors, format] = await Promise.all([
    getTranslations("shell.alerts"),
    getTranslations("errors.provider"),
    getFormatter(),
  ]);
  // What has stopped a sender is told with what waits on it.
  const isTold = (alert: Alert) =>
    stopped.some((one) => one.integrationId === alert.targetId && one.code === alert.errorCode);
  const alerts = raised.filter((alert) => !isTold(alert));
  if (alerts.length + stopped.length === 0) return null;
  const sentenceOf = ({ errorCode }: Alert) => {
    const code = errorCode ?? "";
    return errors.has(code) ? errors(code) : errors("unknown", { code: code || "?" });
  };
  return (
    <section aria-label={t("label")} className="flex flex-col gap-1 p-2 pb-0">
      <StoppedSenders senders={stopped} />
      {alerts.slice(0, 3).map((alert) =>
        isBudgetAlert(alert) ? (
          <BudgetAlert key={alert.id} alert={alert} />
        ) : isWebhookAlert(alert) ? (
          <WebhookAlert key={alert.id} alert={alert} />
        ) : (
          <Banner
            key={alert.id}
            tone="danger"
            title={t("title", { name: nameOf(alert.targetId) ?? t("someSender") })}
            action={<DismissAlert id={alert.id} />}
          >
            {sentenceOf(alert)}{" "}
            <span className="opacity-80">
              {t("times", { count: alert.count, at: format.dateTime(alert.lastAt, "moment") })}
            </span>{" "}
            <Link href="/settings/integrations" className="font-medium underline">
              {t("mend")}
            </Link>
          </Banner>
        ),
      )}
    </section>
  );
}
