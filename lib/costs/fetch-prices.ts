import {
  type DuePriceDay,
  findDuePriceDays,
  findInboundOnlyAccounts,
  findUnpriced,
} from "../../db/queries/system/costs";
import {
  type Bill,
  finishPriceDay,
  notePriceDayPage,
  planPriceDays,
  postponePriceDay,
  recordBills,
} from "../../db/writes/spending";
import { monthOf } from "../domain/budget";
import { countryOfNumber } from "../domain/country-of-number";
import { pricedChannel } from "../domain/price";
import { askAfterSilence, dayOf, nextAsk, rangeOfDay } from "../domain/price-days";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";
import type { ListedPrice, ProviderAccount } from "../ports/sms";

type Needs = Pick<Deps, "sql" | "clock" | "cipher" | "log" | "sms">;

export type PricesReport = {
  /** Days whose list was read to the end. */
  days: number;
  /** Messages that got their real price. */
  priced: number;
  /** Days whose provider did not answer; they are tried again in an hour. */
  silent: number;
};

const DAY_MS = 86_400_000;

/**
 * Fills the real prices in from the providers' lists: a day at a time, those days only on which
 * something was sent or came in, daily until no price is missing, for a week at the most. A page read is
 * a page kept: a run that is interrupted goes on where it was.
 *
 * @param signal aborted: the lease is lost, somebody else goes on
 * @throws when the database does not answer; what was read before is kept
 */
export async function fetchPrices(
  deps: Needs,
  { signal }: { signal: AbortSignal },
): Promise<PricesReport> {
  const now = deps.clock.now();
  await planInboundDay(deps, now);
  const report = { days: 0, priced: 0, silent: 0 };
  for (const due of await findDuePriceDays(deps.sql, now)) {
    if (signal.aborted) break;
    await readDay(deps, { due, report, signal });
  }
  if (report.days + report.silent > 0) deps.log.info(report, "[COSTS] Real prices were asked for");
  return report;
}

/** Days of sends are planned when these are counted; a day on which texts only came in is found here. */
async function planInboundDay({ sql }: Needs, now: Date) {
  const day = dayOf(new Date(now.getTime() - DAY_MS));
  const from = new Date(`${day}T00:00:00Z`);
  const until = new Date(from.getTime() + DAY_MS);
  const accounts = await findInboundOnlyAccounts(sql, { day, from, until });
  await planPriceDays(
    sql,
    accounts.map(({ accountId }) => ({ accountId, day, askAt: now })),
  );
}

type Reading = { due: DuePriceDay; report: PricesReport; signal: AbortSignal };

async function readDay(deps: Needs, { due, report, signal }: Reading) {
  const account = openCredentials(deps, { ...due, id: due.accountId });
  let { nextPage, missing } = due;
  do {
    if (signal.aborted) return;
    const page = account && (await listPage(deps, { account, due, page: nextPage }));
    if (!page) {
      report.silent += 1;
      const askAt = askAfterSilence(deps.clock.now());
      return postponePriceDay(deps.sql, { ...due, askAt });
    }
    report.priced += await recordPage(deps, due, page.prices);
    missing += page.prices.filter(({ price }) => price === null).length;
    nextPage = page.nextPage;
    await notePriceDayPage(deps.sql, { ...due, nextPage, missing });
  } while (nextPage !== null);
  report.days += 1;
  const askAt = nextAsk({ asks: due.asks + 1, missing }, deps.clock.now());
  await finishPriceDay(deps.sql, { ...due, askAt });
}

type PageOf = { account: ProviderAccount; due: DuePriceDay; page: string | null };

/** null: no answer, which says nothing. */
async function listPage(deps: Needs, { account, due, page }: PageOf) {
  const { accountId, day } = due;
  const list = await deps.sms(due.provider).listPrices(account, { ...rangeOfDay(day), page });
  if (list.ok) return list;
  deps.log.warn({ accountId, day, reason: list.reason }, "[COSTS] Prices could not be asked for");
  return null;
}

async function recordPage(deps: Needs, due: DuePriceDay, listed: readonly ListedPrice[]) {
  const known = listed.filter(({ price }) => price !== null);
  const providerIds = known.map(({ providerId }) => providerId);
  const ours = await findUnpriced(deps.sql, { ...due, providerIds });
  const prices = new Map(known.map(({ providerId, price }) => [providerId, price]));
  const bills = ours.flatMap(({ providerId, at, address, messageId, attempt, ...kind }): Bill[] => {
    const price = prices.get(providerId);
    const channel = pricedChannel(kind);
    if (!price || !channel) return [];
    const country = countryOfNumber(address);
    return [{ ...price, messageId, attempt, channel, country, month: monthOf(at, due.timeZone) }];
  });
  return recordBills(deps.sql, bills);
}
