import { type Money, type Price, roundMoney, sumByCurrency } from "./price";
import type { PricedChannel } from "./words";

/** What a workspace means to spend in a calendar month of its zone. */
export type Budget = {
  /** ISO 4217. Only what was spent in it counts. */
  readonly currency: string;
  /** Reached: administrators are told, once a month. null: none. */
  readonly softCap: number | null;
  /** Reached: what no person waits for stays queued. null: none. */
  readonly hardCap: number | null;
};

/** What was spent in a month on one channel and country, in one currency. */
export type Spending = {
  readonly channel: PricedChannel;
  readonly country: string | null;
  /** null: of messages for which there is no price. */
  readonly currency: string | null;
  readonly messages: number;
  /** Those of them without any price. */
  readonly unpriced: number;
  /** By the provider's own list. */
  readonly billed: number;
  /** ≈ of messages whose real price is not known yet. */
  readonly estimated: number;
  /** ≈ of messages that turned out to be billed in another currency. */
  readonly billedElsewhere: number;
};

type Zone = { format: Intl.DateTimeFormat; minute: number; month: string };

const zones = new Map<string, Zone>();

/**
 * `2026-11`: the calendar month of a moment in a time zone. Asked for with each message that is taken, it
 * is worked out once a minute: no zone begins its months within one.
 */
export function monthOf(moment: Date, timeZone: string): string {
  const minute = Math.floor(moment.getTime() / 60_000);
  const known = zones.get(timeZone);
  if (known?.minute === minute) return known.month;
  const options = { timeZone, year: "numeric", month: "2-digit" } as const;
  const format = known?.format ?? new Intl.DateTimeFormat("en-CA", options);
  const month = formatMonth(format, moment);
  zones.set(timeZone, { format, minute, month });
  return month;
}

function formatMonth(format: Intl.DateTimeFormat, moment: Date): string {
  const parts = format.formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}`;
}

/**
 * What counts towards a budget: all of its currency, billed and estimated. Of messages that the
 * provider bills in another currency the estimate goes on counting, so that a budget in euros is not
 * emptied by a bill in dollars. What has no price in the budget's currency does not count.
 */
export function countTowards(spending: readonly Spending[], currency: string): number {
  const own = spending.filter((row) => row.currency === currency);
  return roundMoney(
    own.reduce((sum, row) => sum + row.billed + row.estimated + row.billedElsewhere, 0),
  );
}

export type BudgetStanding = "within" | "soft" | "hard";

export function standingOf({ softCap, hardCap }: Budget, spent: number): BudgetStanding {
  if (hardCap !== null && spent >= hardCap) return "hard";
  if (softCap !== null && spent >= softCap) return "soft";
  return "within";
}

/** Segments of the longest text there is: 1600 units, in which one character forces UCS-2. */
const LONGEST = 24;

/**
 * How many rows may be taken at once, so that a hard cap is passed by the price of one message at the
 * most: as many as what is left pays for, were each the longest and dearest there is, but one at least.
 */
export function rowsWithin(left: number, prices: readonly Price[], currency: string): number {
  if (left <= 0) return 0;
  const own = prices.filter((price) => price.currency === currency && price.amount > 0);
  const dearest = own.map(({ channel, amount }) => amount * (channel === "sms" ? LONGEST : 1));
  if (dearest.length === 0) return Number.MAX_SAFE_INTEGER;
  return Math.max(1, Math.floor(left / Math.max(...dearest) + 1e-9));
}

export type SpendingSummary = {
  /** One sum a currency. */
  readonly billed: readonly Money[];
  readonly estimated: readonly Money[];
  readonly messages: number;
  readonly unpriced: number;
};

/** A month in total: billed and estimated apart, each currency by itself, nothing that is nought. */
export function summarise(spending: readonly Spending[]): SpendingSummary {
  const sums = (key: "billed" | "estimated") =>
    sumByCurrency(
      spending.flatMap((row) =>
        row.currency === null ? [] : [{ amount: row[key], currency: row.currency }],
      ),
    ).filter(({ amount }) => amount !== 0);
  const count = (key: "messages" | "unpriced") => spending.reduce((n, row) => n + row[key], 0);
  return {
    billed: sums("billed"),
    estimated: sums("estimated"),
    messages: count("messages"),
    unpriced: count("unpriced"),
  };
}
