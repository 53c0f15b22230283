"use client";

import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { Select } from "../ui/select";

type Props = { month: string; months: readonly string[]; isThisMonth: boolean };

/** The title of the month shown, with a choice where there is more than one. */
export function MonthChoice({ month, months, isThisMonth }: Props) {
  const t = useTranslations("settings.costs");
  const format = useFormatter();
  const router = useRouter();
  const name = (one: string) =>
    format.dateTime(new Date(`${one}-15T12:00:00Z`), {
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
  if (months.length < 2) return isThisMonth ? t("month") : name(month);
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {isThisMonth ? t("month") : name(month)}
      <Select
        aria-label={t("chooseMonth")}
        className="w-44 font-normal"
        value={month}
        onChange={(event) => router.push(`/settings/costs?month=${event.target.value}`)}
      >
        {months.map((one) => (
          <option key={one} value={one}>
            {name(one)}
          </option>
        ))}
      </Select>
    </span>
  );
}
