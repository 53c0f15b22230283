import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BudgetBar } from "@/components/costs/budget-bar";
import { BudgetForm } from "@/components/costs/budget-form";
import { listCurrencies } from "@/components/costs/currencies";
import { MonthChoice } from "@/components/costs/month-choice";
import { PriceTable } from "@/components/costs/price-table";
import { SpendingTable } from "@/components/costs/spending-table";
import { listCountries } from "@/components/settings/choices";
import { PageTitle } from "@/components/settings/page-title";
import { Section } from "@/components/settings/section";
import { requireViewer } from "@/lib/auth/viewer";
import { readCosts } from "./read-costs";
import { monthOfUrl } from "./search-params";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.costs");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CostsPage({ searchParams }: Props) {
  const viewer = await requireViewer("admin");
  const t = await getTranslations("settings.costs");
  const costs = await readCosts(viewer, monthOfUrl((await searchParams).month));
  const locale = viewer.user.locale ?? viewer.workspace.locale;
  const countries = listCountries(locale);
  const currencies = listCurrencies(locale);
  const { budget, spending, isThisMonth } = costs;
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <Section
        title={<MonthChoice month={costs.month} months={costs.months} isThisMonth={isThisMonth} />}
        lead={
          isThisMonth
            ? t("monthLead", { zone: costs.timeZone.replaceAll("_", " ") })
            : t("pastLead")
        }
        action={
          <a
            className="shrink-0 text-accent-fg text-sm underline"
            href={`/settings/costs/csv?month=${costs.month}`}
            download
          >
            {t("csv")}
          </a>
        }
      >
        {budget && isThisMonth ? <BudgetBar budget={budget} spending={spending} /> : null}
        <SpendingTable
          spending={spending}
          countries={countries}
          isThisMonth={isThisMonth}
          budgetCurrency={budget?.currency ?? null}
        />
      </Section>
      <Section title={t("budget")} lead={t("budgetLead")}>
        <BudgetForm budget={budget} currencies={currencies} />
      </Section>
      <Section title={t("prices")} lead={t("pricesLead")}>
        <PriceTable prices={costs.prices} countries={countries} currencies={currencies} />
      </Section>
    </>
  );
}
