"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type Spending, summarise } from "@/lib/domain/budget";
import type { Money } from "@/lib/domain/price";
import type { Country } from "../settings/country-select";
import { useMoney } from "../ui/use-money";

type Props = {
  spending: readonly Spending[];
  countries: readonly Country[];
  isThisMonth: boolean;
  /** null: there is no budget. */
  budgetCurrency: string | null;
};

/** What a month cost: its totals, each currency by itself, and where they come from. */
export function SpendingTable({ spending, countries, isThisMonth, budgetCurrency }: Props) {
  const t = useTranslations("settings.costs");
  const rows = spending.filter(({ messages }) => messages !== 0);
  const total = summarise(spending);
  if (rows.length === 0) {
    return <p className="text-muted text-sm">{t(isThisMonth ? "nothing" : "nothingPast")}</p>;
  }
  const isMixed =
    budgetCurrency !== null &&
    spending.some(({ currency }) => currency !== null && currency !== budgetCurrency);
  return (
    <>
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <Total name={t("billed")} amounts={total.billed} />
        <Total name={t("estimated")} amounts={total.estimated} isEstimate />
        <div>
          <dt className="text-muted text-xs">{t("messages")}</dt>
          <dd className="font-semibold text-lg tabular-nums">
            <Count value={total.messages} />
          </dd>
        </div>
      </dl>
      {total.unpriced > 0 ? (
        <p className="text-sm text-warning-fg">{t("unpriced", { count: total.unpriced })}</p>
      ) : null}
      {isMixed ? (
        <p className="text-muted text-xs">{t("otherCurrency", { currency: budgetCurrency })}</p>
      ) : null}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        tabIndex={0}
        aria-label={t("table")}
        className="relative overflow-x-auto"
      >
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-left text-muted text-xs">
              <th className="py-1.5 pr-3 font-medium">{t("channel")}</th>
              <th className="py-1.5 pr-3 font-medium">{t("country")}</th>
              <th className="py-1.5 pr-3 text-right font-medium">{t("messages")}</th>
              <th className="py-1.5 pr-3 text-right font-medium">{t("billed")}</th>
              <th className="py-1.5 text-right font-medium">{t("estimated")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <SpendingRow
                key={`${row.channel} ${row.country} ${row.currency}`}
                row={row}
                countries={countries}
              />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function SpendingRow({ row, countries }: { row: Spending; countries: readonly Country[] }) {
  const t = useTranslations("settings.costs");
  const money = useMoney();
  const { channel, country, currency } = row;
  const name = countries.find(({ code }) => code === country)?.name ?? country;
  const amount = (value: number) =>
    currency === null || value === 0 ? "" : money({ amount: value, currency });
  return (
    <tr>
      <td className="py-1.5 pr-3">{t(`shortChannels.${channel}`)}</td>
      <td className="py-1.5 pr-3">{name ?? t("unknownCountry")}</td>
      <td className="py-1.5 pr-3 text-right tabular-nums">
        <Count value={row.messages} />
      </td>
      <td className="whitespace-nowrap py-1.5 pr-3 text-right tabular-nums">
        {amount(row.billed)}
      </td>
      <td className="whitespace-nowrap py-1.5 text-right tabular-nums">
        {currency === null ? (
          <span className="text-muted">{t("noPrice")}</span>
        ) : row.estimated === 0 ? null : (
          `≈ ${amount(row.estimated)}`
        )}
      </td>
    </tr>
  );
}

type TotalProps = { name: string; amounts: readonly Money[]; isEstimate?: boolean };

function Total({ name, amounts, isEstimate = false }: TotalProps) {
  const money = useMoney();
  if (amounts.length === 0) return null;
  return (
    <div>
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-lg tabular-nums">
        {isEstimate ? "≈ " : ""}
        {amounts.map(money).join(" + ")}
      </dd>
    </div>
  );
}

function Count({ value }: { value: number }) {
  const format = useFormatter();
  return format.number(value);
}
