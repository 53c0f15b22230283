import type { Signer } from "../../db/queries/system/attempt-states";
import { type AccountCosts, findAccountCosts } from "../../db/queries/system/costs";
import {
  findNextWork,
  findSendingAccount,
  type SendingAccount,
  type SendingIntegration,
} from "../../db/queries/system/outbox";
import { saveSendingState } from "../../db/writes/accounts";
import { clearBells, clearRungBells } from "../../db/writes/doorbells";
import { releaseLease, renewLease, takeLease } from "../../db/writes/leases";
import { checkBudget } from "../costs/check-budget";
import { openWindow } from "../domain/send-window";
import { type SendingTimes, sendingTimes, settledBefore } from "../domain/sending-times";
import type { Deps } from "../ports/deps";
import { type DrainReport, drainOutbox } from "./drain-outbox";
import { hasStopped } from "./drain-run";
import { holdToPace } from "./hold-to-pace";
import { openCredentials } from "./open-credentials";
import { openPacing, type Pacing, returnUnspent } from "./pacing";
import { pauseStopped } from "./pause-stopped";
import { openPurse, type Purse } from "./purse";
import { ringDoorbells } from "./ring-doorbells";

type Needs = Pick<
  Deps,
  "sql" | "clock" | "chance" | "cipher" | "log" | "realtime" | "jobs" | "sms" | "email" | "settings"
>;

export type DispatchOutcome =
  /** Another run is at it; it looks again before it ends. */
  | { kind: "busy" }
  /** No such account. */
  | { kind: "gone" }
  | { kind: "done"; ended: number; nextDue: Date | null };

/**
 * Sends what an account owes (Sending 4): takes the dispatcher's lease, forgets the bells, works
 * through a sliding window for at most 20 s, gives the lease back, looks, and rings for the earliest
 * moment at which there is work again.
 *
 * @throws when the database does not answer; the sweep finds what is left.
 */
export async function dispatchAccount(
  deps: Needs,
  { accountId }: { accountId: string },
): Promise<DispatchOutcome> {
  const times = sendingTimes(deps.settings.timeScale);
  const lease = { name: `dispatch:${accountId}`, holder: deps.chance.uuid() };
  const seconds = times.dispatcherLease;
  if (!(await takeLease(deps.sql, { ...lease, seconds }))) return { kind: "busy" };
  try {
    await clearBells(deps.sql, accountId, deps.clock.now());
    const found = await findSendingAccount(deps.sql, accountId);
    if (!found) return { kind: "gone" };
    await pauseStopped(deps, found.stopped);
    const keepLease = () => renewLease(deps.sql, { ...lease, seconds });
    const isPaced = found.integrations.some((integration) => integration.isPaced);
    const pacing = isPaced ? await openPacing(deps, accountId) : null;
    const costs = await findAccountCosts(deps.sql, accountId);
    const work = { ...found, times, pacing, costs, purse: openPurse(costs) };
    const report = await drain(deps, { ...work, keepLease });
    if (pacing) await returnUnspent(deps, pacing);
    await releaseLease(deps.sql, lease);
    const nextDue = await lookAndRing(deps, {
      ...(await withoutStopped(deps, work, report)),
      report,
    });
    return { kind: "done", ended: report.ended, nextDue };
  } finally {
    await releaseLease(deps.sql, lease);
  }
}

type Work = {
  account: SendingAccount;
  integrations: readonly SendingIntegration[];
  times: SendingTimes;
  /** null: no sender here has a pace. */
  pacing: Pacing | null;
  costs: AccountCosts | null;
  /** null: no hard cap binds this workspace. */
  purse: Purse | null;
};

async function drain(deps: Needs, work: Work & { keepLease: () => Promise<boolean> }) {
  const { account } = work;
  const breaker = {
    until: account.breakerUntil?.getTime() ?? null,
    failures: account.breakerFailures,
  };
  const report = await drainOutbox(deps, {
    ...work,
    account: { provider: account.provider, opened: openCredentials(deps, account) },
    signer: account.provider === "twilio" ? signerOf(account) : null,
    window: openWindow(account.sendWindow),
    retries: account.retries,
    breaker,
  });
  if (report.isLeaseLost) return report;
  await saveSendingState(deps.sql, {
    accountId: account.id,
    sendWindow: report.window.size,
    breakerUntil: report.breaker.until === null ? null : new Date(report.breaker.until),
    breakerFailures: report.breaker.failures,
  });
  return report;
}

function signerOf({ id, sid, tokenSealed, nextTokenSealed }: SendingAccount): Signer {
  return { accountId: id, accountSid: sid, tokenSealed, nextTokenSealed };
}

/** A fault that the run met may have stopped senders: what they owe is paused, and rings nothing. */
async function withoutStopped<W extends Work>(
  deps: Needs,
  work: W,
  report: DrainReport,
): Promise<W> {
  if (!hasStopped(report)) return work;
  const found = await findSendingAccount(deps.sql, work.account.id);
  if (!found) return { ...work, integrations: [] };
  await pauseStopped(deps, found.stopped);
  return { ...work, integrations: found.integrations };
}

/**
 * Bells that rang while we worked found the lease taken; from here on the next one gets it. A run that
 * lost its lease clears nothing, but the rows behind the sends it ended are woken by it alone.
 */
async function lookAndRing(
  deps: Needs,
  { account, integrations, times, pacing, purse, report }: Work & { report: DrainReport },
) {
  const now = deps.clock.now();
  const look = { now, settledBefore: settledBefore(now, times) };
  if (!report.isLeaseLost) await clearRungBells(deps.sql, account.id, now);
  const work = await findNextWork(deps.sql, {
    integrationIds: integrations.map((integration) => integration.id),
    settledBefore: look.settledBefore,
    blockSeconds: times.unconfirmedBlocks,
    isNormalHeld: purse?.isEmpty === true && (await checkBudget(deps, account)) === "hard",
  });
  const earliest = Math.max(now.getTime(), report.breaker.until ?? 0);
  const owed = pacing ? await holdToPace(deps, pacing, { bells: work, ...look }) : work;
  const bells = owed.map(({ integrationId, due }) => ({
    integrationId,
    due: new Date(Math.max(due.getTime(), earliest)),
  }));
  await ringDoorbells(deps, bells);
  const first = bells.map((bell) => bell.due.getTime()).sort((a, b) => a - b)[0];
  return first === undefined ? null : new Date(first);
}
