import { measureSegments } from "./segments";
import type { Channel, Direction, PricedChannel } from "./words";

export type Money = {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
};

/** A row of a workspace's price table. */
export type Price = Money & {
  readonly channel: PricedChannel;
  /** ISO 3166-1 alpha-2 of the recipient; null: every country without a row of its own. */
  readonly country: string | null;
};

/**
 * What a new workspace's table begins with: about 0.05 EUR an SMS in France (R032), 0.0075 USD in the
 * United States and Canada and 0.005 USD on WhatsApp (R117).
 */
export const FIRST_PRICES: readonly Price[] = [
  { channel: "sms", country: "FR", amount: 0.05, currency: "EUR" },
  { channel: "sms", country: "US", amount: 0.0075, currency: "USD" },
  { channel: "sms", country: "CA", amount: 0.0075, currency: "USD" },
  { channel: "whatsapp", country: null, amount: 0.005, currency: "USD" },
];

/** As what a message is priced; null: it has no price. */
export function pricedChannel(message: {
  channel: Channel;
  hasMedia: boolean;
}): PricedChannel | null {
  switch (message.channel) {
    case "sms":
      return message.hasMedia ? "mms" : "sms";
    case "whatsapp":
      return "whatsapp";
    case "email":
      return null;
    default:
      return message.channel satisfies never;
  }
}

/** The price of one unit: the country's row, else the channel's row for all others; null: no price. */
export function findPrice(
  prices: readonly Price[],
  { channel, country }: { channel: PricedChannel; country: string | null },
): Money | null {
  const rows = prices.filter((price) => price.channel === channel);
  const own = country === null ? undefined : rows.find((price) => price.country === country);
  const row = own ?? rows.find((price) => price.country === null);
  return row ? { amount: row.amount, currency: row.currency } : null;
}

export type Priced = {
  readonly direction: Direction;
  readonly channel: Channel;
  readonly hasMedia: boolean;
  readonly body: string;
  /** As the provider counted them; null: they are counted here. */
  readonly segments: number | null;
  /** Of the recipient; see `countryOfNumber`. */
  readonly country: string | null;
};

/**
 * What a message is expected to cost (≈). null: there is no price for it, which is not the same as
 * nothing. What comes in is not estimated: only the provider's own list says what it costs.
 */
export function estimatePrice(prices: readonly Price[], message: Priced): Money | null {
  if (message.direction === "in") return null;
  const channel = pricedChannel(message);
  if (channel === null) return null;
  const price = findPrice(prices, { channel, country: message.country });
  if (!price) return null;
  const amount = price.amount * (channel === "sms" ? segmentsOf(message) : 1);
  return { amount: roundMoney(amount), currency: price.currency };
}

/** At least one: an empty text is billed as one as well. */
function segmentsOf({ segments, body }: Priced): number {
  return Math.max(1, segments ?? measureSegments(body).segments);
}

/** Amounts are kept to a millionth: sums of fractions come out a hair beside. */
export function roundMoney(amount: number): number {
  return Math.round(amount * 1_000_000) / 1_000_000;
}

/** One sum a currency, in the order of their first appearance: currencies are never added up. */
export function sumByCurrency(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) {
    sums.set(currency, roundMoney((sums.get(currency) ?? 0) + amount));
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}
