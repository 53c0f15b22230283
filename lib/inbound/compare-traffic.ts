import { findReceivedIds, findUncomparedAccounts } from "../../db/queries/system/recovery";
import { findKnownIds } from "../../db/queries/system/unconfirmed";
import { noteTraffic } from "../../db/writes/recovery";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";
import type { TrafficQuery } from "../ports/sms";
import { trafficWindows } from "./traffic-windows";

type Needs = Pick<Deps, "sql" | "clock" | "cipher" | "log" | "sms">;

export type ComparisonReport = {
  compared: number;
  /** Texts of that day that are at the provider and not here. */
  missing: number;
  /** Accounts whose provider did not answer; the next run asks again. */
  failed: number;
};

const DAY_MS = 86_400_000;
/** After midnight, so that what was missed late in the day has been fetched. */
const SETTLED_MS = 2 * 3_600_000;

/**
 * Yesterday's figure (Missed messages): how many texts the provider lists for the day (UTC), and how
 * many of them are here. Counted by their ids, so that no clock makes a difference.
 *
 * @throws when the database does not answer
 */
export async function compareTraffic(deps: Needs): Promise<ComparisonReport> {
  const report = { compared: 0, missing: 0, failed: 0 };
  const now = deps.clock.now();
  const until = new Date(Math.floor((now.getTime() - SETTLED_MS) / DAY_MS) * DAY_MS);
  const from = new Date(until.getTime() - DAY_MS);
  const day = from.toISOString().slice(0, 10);
  for (const account of await findUncomparedAccounts(deps.sql, { day, until })) {
    const counted = await countDay(deps, account, { from, until });
    if (!counted) {
      report.failed += 1;
      continue;
    }
    const { received, sent } = counted;
    await noteTraffic(deps.sql, { accountId: account.id, day, received, sent, now });
    report.compared += 1;
    report.missing += received.there - received.here + sent.there - sent.here;
  }
  if (report.missing > 0) deps.log.warn(report, "[SMS] Texts of yesterday are not here");
  return report;
}

type Account = Awaited<ReturnType<typeof findUncomparedAccounts>>[number];

/** null: the provider did not say all of it, and a part is no figure. */
async function countDay(deps: Needs, account: Account, day: TrafficQuery) {
  const credentials = openCredentials(deps, account);
  if (!credentials) return null;
  const { sid } = account;
  const received = { there: 0, here: 0 };
  const sent = { there: 0, here: 0 };
  for await (const part of trafficWindows(deps.sms(account.provider), credentials, day)) {
    if (!part.ok) return null;
    const ids = { sid, providerIds: part.received.map(({ providerId }) => providerId) };
    received.there += part.received.length;
    received.here += (await findReceivedIds(deps.sql, ids)).size;
    const sentIds = { sid, providerIds: part.sent.map(({ providerId }) => providerId) };
    sent.there += part.sent.length;
    sent.here += (await findKnownIds(deps.sql, sentIds)).size;
  }
  return { received, sent };
}
