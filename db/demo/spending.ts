import { monthOf } from "../../lib/domain/budget";
import { countryOfNumber } from "../../lib/domain/country-of-number";
import { estimatePrice, FIRST_PRICES, pricedChannel } from "../../lib/domain/price";
import type { messages, spendingDeltas } from "../schema";

/** As new workspaces are made. */
const TIME_ZONE = "Europe/Paris";
/** These were not taken by the provider, or nobody knows. */
const NOT_TAKEN = ["queued", "unconfirmed", "failed"];

type Row = typeof messages.$inferInsert & { createdAt: Date };

/** How the one attempt of a message is counted; nothing for one that was not taken. */
export function spendingOfAttempt(row: Row) {
  if (NOT_TAKEN.includes(row.status)) return {};
  const estimate = estimateOf(row);
  return {
    spentIn: monthOf(row.createdAt, TIME_ZONE),
    estimate: estimate && String(estimate.amount),
    estimateUnit: estimate?.currency ?? null,
  };
}

/** The same as what it adds to its month. */
export function spendingOf(row: Row): (typeof spendingDeltas.$inferInsert)[] {
  const channel = pricedChannel(kindOf(row));
  if (channel === null || NOT_TAKEN.includes(row.status)) return [];
  const estimate = estimateOf(row);
  return [
    {
      workspaceId: row.workspaceId,
      month: monthOf(row.createdAt, TIME_ZONE),
      channel,
      country: countryOfNumber(row.toAddress),
      currency: estimate?.currency ?? null,
      messages: 1,
      unpriced: estimate ? 0 : 1,
      billed: "0",
      estimated: String(estimate?.amount ?? 0),
      billedElsewhere: "0",
    },
  ];
}

function kindOf({ channel, kind }: Row) {
  return { channel, hasMedia: kind === "media" };
}

function estimateOf(row: Row) {
  return estimatePrice(FIRST_PRICES, {
    ...kindOf(row),
    direction: "out",
    body: row.body ?? "",
    segments: row.segments ?? null,
    country: countryOfNumber(row.toAddress),
  });
}
