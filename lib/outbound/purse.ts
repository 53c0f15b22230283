import { listSpending } from "../../db/queries/costs";
import type { AccountCosts } from "../../db/queries/system/costs";
import type { ClaimedMessage } from "../../db/writes/outbox";
import { estimateOf } from "../costs/describe-purchase";
import { countTowards, monthOf, rowsWithin } from "../domain/budget";
import { roundMoney } from "../domain/price";
import type { Deps } from "../ports/deps";
import type { EndedAttempt } from "./record-outcomes";

/*
 * What a run may still spend where its workspace's budget has a hard cap. The month's total is read from
 * the roll-up's few rows before a claim; what this run has under way counts as spent. Accounts of a
 * workspace that send at once know of each other's sends as soon as these are recorded.
 */

type Needs = Pick<Deps, "sql" | "clock">;

export type Purse = {
  readonly costs: AccountCosts;
  readonly hardCap: number;
  readonly currency: string;
  /** The month's total as last read, and when (monotonic milliseconds); null: never. */
  spent: { amount: number; at: number } | null;
  /** ≈ of what is under way. */
  underWay: number;
  /** ≈ of what was recorded since the total was read. */
  since: number;
  /** Nothing is left: the normal lane was held back. */
  isEmpty: boolean;
};

/** Milliseconds for which a total is good; this run's own sends are added to it. */
const GOOD_FOR_MS = 500;

/** null: there is no hard cap, and nothing to be kept to. */
export function openPurse(costs: AccountCosts | null): Purse | null {
  if (!costs || costs.hardCap === null || costs.currency === null) return null;
  const { hardCap, currency } = costs;
  return { costs, hardCap, currency, spent: null, underWay: 0, since: 0, isEmpty: false };
}

type Slots = { all: number; normal: number };

/** The slots that the budget leaves: replies, alerts that are critical and codes always have theirs. */
export async function slotsWithin(deps: Needs, purse: Purse, slots: Slots): Promise<Slots> {
  const left = purse.hardCap - (await spentSoFar(deps, purse)) - purse.underWay;
  const rows = rowsWithin(roundMoney(left), purse.costs.prices, purse.currency);
  purse.isEmpty = rows === 0;
  return { ...slots, normal: Math.min(slots.normal, rows) };
}

async function spentSoFar({ sql, clock }: Needs, purse: Purse): Promise<number> {
  const { workspaceId, timeZone } = purse.costs;
  const at = clock.monotonic();
  if (!purse.spent || at - purse.spent.at >= GOOD_FOR_MS) {
    const month = monthOf(clock.now(), timeZone);
    const spending = await listSpending(sql, { workspaceId, month });
    purse.spent = { amount: countTowards(spending, purse.currency), at };
    purse.since = 0;
  }
  return purse.spent.amount + purse.since;
}

/** A row was claimed: until its end is recorded it counts as spent. */
export function reserveFor(purse: Purse, message: ClaimedMessage) {
  purse.underWay = roundMoney(purse.underWay + costOf(purse, message));
}

/** Its end is recorded. */
export function settleIn(purse: Purse, { message, end }: EndedAttempt) {
  purse.underWay = roundMoney(purse.underWay - costOf(purse, message));
  if (end.kind !== "accepted") return;
  purse.since = roundMoney(purse.since + costOf(purse, message, end.segments));
}

/** ≈ in the budget's currency. */
function costOf(
  { costs, currency }: Purse,
  message: ClaimedMessage,
  segments: number | null = null,
) {
  const estimate = estimateOf(costs, { ...message, segments });
  return estimate?.currency === currency ? estimate.amount : 0;
}
