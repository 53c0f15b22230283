import { findReceivedIds, findUncomparedAccounts } from "../../db/queries/system/recovery";
import { findKnownIds } from "../../db/queries/system/unconfirmed";
import { noteTraffic } from "../../db/writes/recovery";
import { openCredentials } from "../outbound/open-credentials";
import type { Deps } from "../ports/deps";

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
    const credentials = openCredentials(deps, account);
    const list = credentials && (await deps.sms(account.provider).listTraffic(credentials, from));
    if (!list?.ok) {
      report.failed += 1;
      continue;
    }
    const received = list.received.filter((one) => one.receivedAt < until);
    const sent = list.sent.filter((one) => one.sentAt < until);
    const { sid } = account;
    const idsOf = (rows: readonly { providerId: string }[]) => rows.map((row) => row.providerId);
    const receivedHere = await findReceivedIds(deps.sql, { sid, providerIds: idsOf(received) });
    const sentHere = await findKnownIds(deps.sql, { sid, providerIds: idsOf(sent) });
    await noteTraffic(deps.sql, {
      accountId: account.id,
      day,
      received: { there: received.length, here: receivedHere.size },
      sent: { there: sent.length, here: sentHere.size },
      now,
    });
    report.compared += 1;
    report.missing += received.length - receivedHere.size + sent.length - sentHere.size;
  }
  if (report.missing > 0) deps.log.warn(report, "[SMS] Texts of yesterday are not here");
  return report;
}
