"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { PRICED_CHANNELS } from "@/lib/domain/words";
import { type Country, CountrySelect } from "../settings/country-select";
import { FieldError } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { Currency } from "./currencies";
import { CurrencySelect } from "./currency-select";
import type { DraftPrice } from "./price-table";

type Props = {
  row: DraftPrice;
  countries: readonly Country[];
  currencies: readonly Currency[];
  faultOf: (name: "country" | "amount" | "currency") => string | undefined;
  onChange: (values: Partial<DraftPrice>) => void;
  onRemove: () => void;
};

/** One price: on a phone in two lines. */
export function PriceRow({ row, countries, currencies, faultOf, onChange, onRemove }: Props) {
  const t = useTranslations("settings.costs");
  const faults = (["country", "amount", "currency"] as const).flatMap((name) => {
    const words = faultOf(name);
    return words ? [{ name, words }] : [];
  });
  const isFaulty = (name: string) => faults.some((fault) => fault.name === name) || undefined;
  const country = countries.find(({ code }) => code === row.country)?.name ?? t("allCountries");
  const name = `${t(`shortChannels.${row.channel}`)} ${country}`;
  return (
    <li className="flex flex-col gap-1.5 py-2.5">
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-2 sm:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_minmax(0,2fr)_minmax(0,3fr)_auto]">
        <Select
          aria-label={t("channel")}
          value={row.channel}
          onChange={({ target }) => {
            const channel = PRICED_CHANNELS.find((known) => known === target.value);
            if (channel) onChange({ channel });
          }}
        >
          {PRICED_CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {t(`shortChannels.${channel}`)}
            </option>
          ))}
        </Select>
        <CountrySelect
          aria-label={t("country")}
          aria-invalid={isFaulty("country")}
          countries={countries}
          inherited={t("allCountries")}
          value={row.country}
          onChange={({ target }) => onChange({ country: target.value })}
        />
        <IconButton
          label={t("removeRow", { name })}
          size="sm"
          className="max-sm:size-10 sm:order-last"
          onClick={onRemove}
        >
          <Trash2 />
        </IconButton>
        <Input
          aria-label={`${t("amount")}: ${name}`}
          aria-invalid={isFaulty("amount")}
          inputMode="decimal"
          autoComplete="off"
          className="text-right tabular-nums"
          value={row.amount}
          onChange={({ target }) => onChange({ amount: target.value })}
        />
        <CurrencySelect
          aria-label={t("currency")}
          aria-invalid={isFaulty("currency")}
          currencies={currencies}
          isShort
          value={row.currency}
          onChange={({ target }) => onChange({ currency: target.value })}
        />
      </div>
      {faults.map((fault) => (
        <FieldError key={fault.name}>{fault.words}</FieldError>
      ))}
    </li>
  );
}
