"use client";

import { Plus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { savePrices } from "@/app/(workspace)/settings/costs/actions";
import type { Price } from "@/lib/domain/price";
import type { PricedChannel } from "@/lib/domain/words";
import type { Country } from "../settings/country-select";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import type { Currency } from "./currencies";
import { PriceRow } from "./price-row";

export type DraftPrice = {
  /** Of the row on the screen. */
  key: number;
  channel: PricedChannel;
  /** "": all others. */
  country: string;
  amount: string;
  currency: string;
};

type Props = {
  prices: readonly Price[];
  countries: readonly Country[];
  currencies: readonly Currency[];
};

/** The price table, changed as a whole: nothing holds before it is saved. */
export function PriceTable({ prices, countries, currencies }: Props) {
  const t = useTranslations("settings.costs");
  const format = useFormatter();
  const saver = useSaver(savePrices);
  const [rows, setRows] = useState<readonly DraftPrice[]>(() =>
    prices.map(({ channel, country, amount, currency }, key) => {
      const text = format.number(amount, { maximumFractionDigits: 6, useGrouping: false });
      return { key, channel, country: country ?? "", amount: text, currency };
    }),
  );
  const change = (key: number, values: Partial<DraftPrice>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...values } : row)));
  const add = () => {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    const currency = rows.at(-1)?.currency ?? "EUR";
    setRows([...rows, { key, channel: "sms", country: "", amount: "", currency }]);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void saver.save({
      prices: rows.map(({ key: _, country, ...row }) => ({ ...row, country: country || null })),
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {rows.length === 0 ? <p className="text-muted text-sm">{t("empty")}</p> : null}
      <ul className="flex flex-col divide-y divide-line">
        {rows.map((row, index) => (
          <PriceRow
            key={row.key}
            row={row}
            countries={countries}
            currencies={currencies}
            faultOf={(name) => saver.faultOf(`${index}.${name}`)}
            onChange={(values) => change(row.key, values)}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {t("savePrices")}
        </Button>
        <Button onClick={add}>
          <Plus aria-hidden />
          {t("addRow")}
        </Button>
      </div>
    </form>
  );
}
