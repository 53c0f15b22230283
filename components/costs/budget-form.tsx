"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { saveCaps } from "@/app/(workspace)/settings/costs/actions";
import type { Budget } from "@/lib/domain/budget";
import { useSaver } from "../settings/use-saver";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { Currency } from "./currencies";
import { CurrencySelect } from "./currency-select";

type Props = { budget: Budget | null; currencies: readonly Currency[] };

/** What may be spent in a month: where a warning comes, and where what nobody waits for stops. */
export function BudgetForm({ budget, currencies }: Props) {
  const t = useTranslations("settings.costs");
  const format = useFormatter();
  const saver = useSaver(saveCaps);
  const written = (amount: number | null | undefined) =>
    amount === null || amount === undefined
      ? ""
      : format.number(amount, { maximumFractionDigits: 6, useGrouping: false });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const cap = (name: string) => String(data.get(name)).trim() || null;
    void saver.save({
      currency: String(data.get("currency")),
      softCap: cap("softCap"),
      hardCap: cap("hardCap"),
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label={t("currency")} error={saver.faultOf("currency")} className="sm:col-span-2">
        <CurrencySelect
          name="currency"
          currencies={currencies}
          defaultValue={budget?.currency ?? "EUR"}
        />
      </Field>
      <Field label={t("softCap")} help={t("softCapHelp")} error={saver.faultOf("softCap")}>
        <Input
          name="softCap"
          inputMode="decimal"
          autoComplete="off"
          placeholder={t("noCap")}
          defaultValue={written(budget?.softCap)}
        />
      </Field>
      <Field label={t("hardCap")} help={t("hardCapHelp")} error={saver.faultOf("hardCap")}>
        <Input
          name="hardCap"
          inputMode="decimal"
          autoComplete="off"
          placeholder={t("noCap")}
          defaultValue={written(budget?.hardCap)}
        />
      </Field>
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" loading={saver.isBusy}>
          {t("saveBudget")}
        </Button>
      </div>
    </form>
  );
}
