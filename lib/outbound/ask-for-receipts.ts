import { findMissingReceipts, type MissingReceipt } from "../../db/queries/system/receipts";
import { planReceiptLook } from "../../db/writes/unconfirmed";
import { lookTimes, nextReceiptLook } from "../domain/reconcile";
import type { Deps } from "../ports/deps";
import type { ProviderReport } from "../ports/sms";
import { applyStatus } from "./apply-status";
import { openCredentials } from "./open-credentials";

type Needs = Pick<
  Deps,
  "sql" | "clock" | "chance" | "cipher" | "log" | "realtime" | "jobs" | "sms" | "email" | "settings"
>;

export type ReceiptReport = {
  asked: number;
  /** The provider knew more than we did. */
  learned: number;
};

/** Messages that one run asks about; the next run goes on. */
const LIMIT = 500;
/** Questions to providers at a time: what is being sent has the connections first. */
const AT_ONCE = 5;

/**
 * Asks the providers about messages whose last receipt has not come (Message status): 2, 10 and 60
 * minutes after the send, then daily for three days. What they say is applied like a receipt.
 *
 * @throws when the database does not answer
 */
export async function askForReceipts(deps: Needs): Promise<ReceiptReport> {
  const due = await findMissingReceipts(deps.sql, { now: deps.clock.now(), limit: LIMIT });
  const report = { asked: due.length, learned: 0 };
  const waiting = [...due];
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      if (await askAbout(deps, one)) report.learned += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return report;
}

/** Was there news? */
async function askAbout(deps: Needs, missing: MissingReceipt): Promise<boolean> {
  const { messageId, attempt, looks, sentAt } = missing;
  const { timeScale } = deps.settings;
  const answer = await ask(deps, missing);
  if (!answer) {
    const again = lookTimes(timeScale).again * 1000;
    const lookAt = new Date(deps.clock.now().getTime() + again);
    await planReceiptLook(deps.sql, { messageId, attempt, looks, lookAt });
    return false;
  }
  const lookAt = nextReceiptLook(sentAt, looks + 1, timeScale);
  await planReceiptLook(deps.sql, { messageId, attempt, looks: looks + 1, lookAt });
  if (answer.status === null || answer.status === missing.status) return false;
  await applyStatus(deps, {
    messageId,
    attempt,
    providerId: missing.providerId,
    ...answer,
    carrierAt: null,
    data: { providerId: missing.providerId },
    via: "look",
  });
  return true;
}

/** null: no answer, which says nothing. */
async function ask(deps: Needs, missing: MissingReceipt): Promise<ProviderReport | null> {
  const { accountId: id, providerId } = missing;
  const account = openCredentials(deps, { ...missing, id });
  if (!account) return null;
  const provider =
    missing.channel === "email" ? deps.email(missing.provider) : deps.sms(missing.provider);
  const fetched = await provider.fetchReport(account, providerId);
  if (fetched.ok) return fetched.report;
  deps.log.warn(
    { accountId: id, providerId, reason: fetched.reason },
    "[SMS] A receipt could not be asked for",
  );
  return null;
}
