import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import type { listOpenAlerts } from "@/db/queries/admin-alerts";
import { Banner } from "../ui/banner";
import { DismissAlert } from "./dismiss-alert";

type Alert = Awaited<ReturnType<typeof listOpenAlerts>>[number];

export function isBudgetAlert({ kind }: Alert): boolean {
  return kind === "budget_soft_cap" || kind === "budget_hard_cap";
}

/** A cap of the month's budget is reached: what was spent, and what that stops. */
export async function BudgetAlert({ alert }: { alert: Alert }) {
  const [t, format] = await Promise.all([getTranslations("shell.alerts"), getFormatter()]);
  const cap = alert.kind === "budget_hard_cap" ? "hard" : "soft";
  const { data } = alert;
  const money = (amount: unknown) =>
    format.number(Number(amount), {
      style: "currency",
      currency: String(data.currency),
      maximumFractionDigits: 4,
    });
  const month = format.dateTime(new Date(`${alert.errorCode}-15T12:00:00Z`), {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return (
    <Banner
      tone={cap === "hard" ? "danger" : "warning"}
      title={t(`budgetTitle.${cap}`, { month })}
      action={<DismissAlert id={alert.id} says="seen" />}
    >
      {t(`budgetText.${cap}`, { spent: money(data.spent), cap: money(data.cap) })}{" "}
      <Link href="/settings/costs" className="font-medium underline">
        {t("openCosts")}
      </Link>
    </Banner>
  );
}
