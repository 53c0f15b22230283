import type { AccountCosts } from "../../db/queries/system/costs";
import type { Purchase } from "../../db/writes/spending";
import { monthOf } from "../domain/budget";
import { countryOfNumber } from "../domain/country-of-number";
import { estimatePrice, type Money, pricedChannel } from "../domain/price";
import type { Channel } from "../domain/words";

type Taken = {
  channel: Channel;
  toAddress: string;
  body: string;
  mediaIds: readonly string[];
  /** As the provider counted them; null: they are counted here. */
  segments: number | null;
  at: Date;
};

/** How a message that a provider takes now is counted; null: its channel is not paid by the message. */
export function describePurchase(
  costs: Pick<AccountCosts, "prices" | "timeZone">,
  taken: Taken,
): Purchase | null {
  const hasMedia = taken.mediaIds.length > 0;
  const channel = pricedChannel({ channel: taken.channel, hasMedia });
  if (channel === null) return null;
  const country = countryOfNumber(taken.toAddress);
  return {
    month: monthOf(taken.at, costs.timeZone),
    channel,
    country,
    estimate: estimateIn(country, costs, taken),
    day: taken.at.toISOString().slice(0, 10),
  };
}

/** ≈ what it costs to send it. */
export function estimateOf(
  costs: Pick<AccountCosts, "prices">,
  taken: Omit<Taken, "at">,
): Money | null {
  return estimateIn(countryOfNumber(taken.toAddress), costs, taken);
}

function estimateIn(
  country: string | null,
  { prices }: Pick<AccountCosts, "prices">,
  { channel, body, segments, mediaIds }: Omit<Taken, "at">,
): Money | null {
  const hasMedia = mediaIds.length > 0;
  return estimatePrice(prices, { direction: "out", channel, body, segments, hasMedia, country });
}
