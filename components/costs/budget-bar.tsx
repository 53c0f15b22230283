"use client";

import { useTranslations } from "next-intl";
import { type Budget, countTowards, type Spending, standingOf } from "@/lib/domain/budget";
import { Banner } from "../ui/banner";
import { cn } from "../ui/cn";
import { useMoney } from "../ui/use-money";

type Props = { budget: Budget; spending: readonly Spending[] };

const TONES = { within: "bg-accent", soft: "bg-warning", hard: "bg-danger" } as const;

/** How much of the month's budget is spent, with a mark where the warning stands. */
export function BudgetBar({ budget, spending }: Props) {
  const t = useTranslations("settings.costs");
  const money = useMoney();
  const { currency, softCap, hardCap } = budget;
  const spent = countTowards(spending, currency);
  const standing = standingOf(budget, spent);
  const cap = hardCap ?? softCap ?? 0;
  const share = cap === 0 ? 1 : Math.min(1, spent / cap);
  const mark = softCap !== null && hardCap !== null && hardCap > 0 ? softCap / hardCap : null;
  const words = t("spentOf", {
    spent: money({ amount: spent, currency }),
    cap: money({ amount: cap, currency }),
  });
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm tabular-nums" data-standing={standing}>
        {words}
      </p>
      <div aria-hidden className="relative h-2 overflow-hidden rounded-full bg-active">
        <div
          className={cn("h-full rounded-full", TONES[standing])}
          style={{ width: `${share * 100}%` }}
        />
        {mark === null ? null : (
          <div className="absolute inset-y-0 w-0.5 bg-fg/60" style={{ left: `${mark * 100}%` }} />
        )}
      </div>
      {standing === "hard" ? <Banner tone="danger">{t("isUsedUp")}</Banner> : null}
    </div>
  );
}
