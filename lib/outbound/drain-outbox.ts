import type { Signer } from "../../db/queries/system/attempt-states";
import type { AccountCosts } from "../../db/queries/system/costs";
import type { SendingIntegration } from "../../db/queries/system/outbox";
import type { ClaimedMessage } from "../../db/writes/outbox";
import { type Breaker, isOpen, isProbing } from "../domain/breaker";
import type { RetryRules } from "../domain/retry-delay";
import { freeSlots, type SendWindow } from "../domain/send-window";
import { type SendingTimes, settledBefore } from "../domain/sending-times";
import type { Deps } from "../ports/deps";
import { announceMessages } from "./announce-messages";
import { claimAtPace } from "./claim-at-pace";
import { type DrainRun, isIdle, openRun, slotsOf, takeSlots } from "./drain-run";
import { gatherEnd } from "./gather-ends";
import { keepClaimed } from "./kept-attempts";
import type { Pacing } from "./pacing";
import { type Purse, reserveFor, slotsWithin } from "./purse";
import { type SendingCredentials, sendMessage } from "./send-message";

/*
 * A sliding window over an account's outbox, of two loops that do not wait for each other: one claims
 * rows into free slots and starts their creates, the other records ends together. A row is `busy` from
 * its claim until its end is recorded, so never more than the window's slots stand as `sending` in the
 * database: what a killed process leaves unconfirmed is at most that.
 */

type Needs = Pick<
  Deps,
  "sql" | "clock" | "chance" | "cipher" | "log" | "realtime" | "settings" | "sms" | "email"
>;

export type Drain = {
  integrations: readonly SendingIntegration[];
  account: SendingCredentials;
  /** null: its provider tells nothing of what it has accepted. */
  signer: Signer | null;
  window: SendWindow;
  breaker: Breaker;
  /** null: nothing of this account has a pace. */
  pacing: Pacing | null;
  /** By which sends are counted as spent; null: they are not. */
  costs: AccountCosts | null;
  /** Of a message that is refused for now. */
  retries: RetryRules;
  /** null: no hard cap binds this workspace. */
  purse: Purse | null;
  times: SendingTimes;
  /** Renews the dispatcher's lease; false when it is lost. */
  keepLease: () => Promise<boolean>;
};

export type DrainReport = {
  window: SendWindow;
  breaker: Breaker;
  /** Attempts that ended, whatever their outcome. */
  ended: number;
  isLeaseLost: boolean;
  stopped: DrainRun["stopped"];
};

/**
 * Sends until nothing is claimable, the run's budget is spent, the breaker opens or the lease is lost.
 *
 * @throws when the database fails; the ends of what was under way are recorded before, if they can be.
 */
export async function drainOutbox(deps: Needs, drain: Drain): Promise<DrainReport> {
  const run = openRun(drain, deps.clock.monotonic());
  for (;;) {
    const { records } = run;
    const claimed = await refill(deps, drain, run);
    if (run.records !== records) continue;
    if (!isIdle(run)) await nextRecord(run);
    else if (claimed === 0) break;
  }
  if (run.fault) throw run.fault.error;
  return run;
}

/** How many rows were claimed. A claim that fails must not take the ends of other sends with it. */
async function refill(deps: Needs, drain: Drain, run: DrainRun): Promise<number> {
  if (run.fault) return 0;
  try {
    return (await mayClaim(deps, drain, run)) ? await claimAndStart(deps, drain, run) : 0;
  } catch (error) {
    run.fault ??= { error };
    return 0;
  }
}

async function mayClaim({ clock }: Needs, drain: Drain, run: DrainRun): Promise<boolean> {
  const now = clock.monotonic();
  if (!run.isLeaseLost && now - run.renewedAt >= drain.times.renewEvery * 1000) {
    run.renewedAt = now;
    run.isLeaseLost = !(await drain.keepLease());
  }
  if (
    run.isLeaseLost ||
    run.stopped.isAccount ||
    now - run.startedAt >= drain.times.runBudget * 1000
  )
    return false;
  return !isOpen(run.breaker, clock.now().getTime());
}

async function claimAndStart(deps: Needs, drain: Drain, run: DrainRun): Promise<number> {
  const now = deps.clock.now();
  const size = isProbing(run.breaker, now.getTime()) ? 1 : run.window.size;
  const free = freeSlots(size, run.busy);
  if (free.all === 0) return 0;
  const slots = run.purse ? await slotsWithin(deps, run.purse, free) : free;
  const claimedAt = deps.clock.monotonic();
  const claimed = await claimAtPace(deps, run.pacing, {
    senders: drain.integrations
      .filter(({ id }) => !run.stopped.integrationIds.has(id))
      .map(({ id }) => ({ id, busy: slotsOf(run.busyOf, id), most: null })),
    now,
    settledBefore: settledBefore(now, drain.times),
    slots,
    leaseSeconds: drain.times.attemptLease,
  });
  announceMessages(deps, claimed);
  for (const message of claimed) {
    if (message.status === "sending") start(deps, drain, { run, message, claimedAt });
  }
  return claimed.length;
}

type Start = { run: DrainRun; message: ClaimedMessage; claimedAt: number };

/** A claim that is too old is given back unsent: its attempt's lease may end before the create does. */
function start(deps: Needs, drain: Drain, { run, message, claimedAt }: Start) {
  takeSlots(run, message, 1);
  if (run.purse) reserveFor(run.purse, message);
  if (drain.signer) keepClaimed(deps, message, drain.signer);
  run.sending += 1;
  const isTooLate = deps.clock.monotonic() - claimedAt > drain.times.startWithin * 1000;
  const sender = drain.integrations.find(({ id }) => id === message.integrationId) ?? null;
  const sent = isTooLate
    ? Promise.resolve({ kind: "not_started" as const })
    : sendMessage(deps, message, { account: drain.account, sender });
  void sent.then((end) => gatherEnd(deps, run, { message, end }));
}

/** How often a run with free slots looks for what has come in while its sends take their time. */
const LOOK_AGAIN_MS = 250;

async function nextRecord(run: DrainRun): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LOOK_AGAIN_MS);
    run.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  run.wake = () => undefined;
}
