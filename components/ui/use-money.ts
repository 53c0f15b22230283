"use client";

import { useFormatter } from "next-intl";

type Money = { amount: number; currency: string };

/** Writes an amount as the reader does: `0,0075 $US`. Never more than four decimals. */
export function useMoney(): (money: Money) => string {
  const format = useFormatter();
  return ({ amount, currency }) =>
    format.number(amount, { style: "currency", currency, maximumFractionDigits: 4 });
}
