import type { Spending } from "./budget";
import { csvLine } from "./csv";

const COLUMNS = [
  "month",
  "channel",
  "country",
  "currency",
  "messages",
  "without_price",
  "billed",
  "estimated",
] as const;

/**
 * A month's spending as CSV (RFC 4180), a row a channel, country and currency; amounts with a point.
 * What is only counted towards a budget, because it was billed in another currency, is left out.
 */
export function spendingCsv(month: string, spending: readonly Spending[]): string {
  const rows = spending
    .filter(({ messages }) => messages !== 0)
    .map((row) => [
      month,
      row.channel,
      row.country ?? "",
      row.currency ?? "",
      row.messages,
      row.unpriced,
      row.billed,
      row.estimated,
    ]);
  return [COLUMNS, ...rows].map(csvLine).join("");
}
