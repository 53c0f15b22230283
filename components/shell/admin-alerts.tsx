import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import type { listOpenAlerts } from "@/db/queries/admin-alerts";
import { Banner } from "../ui/banner";
import { BudgetAlert, isBudgetAlert } from "./budget-alert";
import { DismissAlert } from "./dismiss-alert";

type Alert = Awaited<ReturnType<typeof listOpenAlerts>>[number];

type Props = { alerts: readonly Alert[]; nameOf: (targetId: string) => string | null };

/** What an administrator has to mend before messages leave again. */
export async function AdminAlerts({ alerts, nameOf }: Props) {
  const [t, errors, format] = await Promise.all([
    getTranslations("shell.alerts"),
    getTranslations("errors.provider"),
    getFormatter(),
  ]);
  if (alerts.length === 0) return null;
  const sentenceOf = ({ errorCode }: Alert) => {
    const code = errorCode ?? "";
    return errors.has(code) ? errors(code) : errors("unknown", { code: code || "?" });
  };
  return (
    <section aria-label={t("label")} className="flex flex-col gap-1 p-2 pb-0">
      {alerts.slice(0, 3).map((alert) =>
        isBudgetAlert(alert) ? (
          <BudgetAlert key={alert.id} alert={alert} />
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
