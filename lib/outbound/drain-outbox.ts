import { isDatabaseGone } from "../../db/is-database-gone";
import type { SendingIntegration } from "../../db/queries/system/outbox";
import { type ClaimedMessage, claimMessages } from "../../db/writes/outbox";
import { type Breaker, CLOSED, isOpen, isProbing, openBreaker } from "../domain/breaker";
import {
  freeSlots,
  growWindow,
  halveWindow,
  isThrottledOut,
  type SendWindow,
  throttlePause,
} from "../domain/send-window";
import { type SendingTimes, settledBefore } from "../domain/sending-times";
import type { Lane } from "../domain/words";
import type { Deps } from "../ports/deps";
import type { ProviderAccount, SmsProvider } from "../ports/sms";
import { announceMessages } from "./announce-messages";
import { type EndedAttempt, recordOutcomes } from "./record-outcomes";
import { sendMessage } from "./send-message";

/*
 * A sliding window over an account's outbox. A row is `busy` from its claim until its end is
 * recorded, so never more than the window's slots stand as `sending` in the database: what a killed
 * process leaves unconfirmed is at most that. Ends are therefore not held back for a full 50 ms: one
 * statement records all that came in while the one before was under way.
 */

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime" | "settings">;

export type Drain = {
  integrations: readonly SendingIntegration[];
  /** null: without credentials. */
  account: ProviderAccount | null;
  provider: SmsProvider;
  window: SendWindow;
  breaker: Breaker;
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
};

type Run = DrainReport & {
  busy: Record<Lane, number>;
  waiting: EndedAttempt[];
  /** Why no more can be claimed; thrown once what is under way has been recorded. */
  fault: { error: unknown } | null;
  startedAt: number;
  renewedAt: number;
  wake: () => void;
};

/**
 * Sends until nothing is claimable, the run's budget is spent, the breaker opens or the lease is lost.
 *
 * @throws when the database fails; the ends of what was under way are recorded before, if they can be.
 */
export async function drainOutbox(deps: Needs, drain: Drain): Promise<DrainReport> {
  const now = deps.clock.monotonic();
  const run: Run = {
    window: drain.window,
    breaker: drain.breaker,
    ended: 0,
    isLeaseLost: false,
    busy: { interactive: 0, normal: 0 },
    waiting: [],
    fault: null,
    startedAt: now,
    renewedAt: now,
    wake: () => undefined,
  };
  for (;;) {
    await recordWaiting(deps, run);
    const claimed = await refill(deps, drain, run);
    const isIdle = busySlots(run) === 0 && run.waiting.length === 0;
    if (isIdle && claimed === 0) break;
    if (!isIdle) await nextEnds(run);
  }
  if (run.fault) throw run.fault.error;
  return run;
}

/** How many rows were claimed. A claim that fails must not take the ends of other sends with it. */
async function refill(deps: Needs, drain: Drain, run: Run): Promise<number> {
  if (run.fault) return 0;
  try {
    return (await mayClaim(deps, drain, run)) ? await claimAndStart(deps, drain, run) : 0;
  } catch (error) {
    run.fault = { error };
    return 0;
  }
}

function busySlots({ busy }: Run) {
  return busy.interactive + busy.normal;
}

async function mayClaim({ clock }: Needs, drain: Drain, run: Run): Promise<boolean> {
  const now = clock.monotonic();
  if (!run.isLeaseLost && now - run.renewedAt >= drain.times.renewEvery * 1000) {
    run.renewedAt = now;
    run.isLeaseLost = !(await drain.keepLease());
  }
  if (run.isLeaseLost || now - run.startedAt >= drain.times.runBudget * 1000) return false;
  return !isOpen(run.breaker, clock.now().getTime());
}

async function claimAndStart(deps: Needs, drain: Drain, run: Run): Promise<number> {
  const now = deps.clock.now();
  const size = isProbing(run.breaker, now.getTime()) ? 1 : run.window.size;
  const slots = freeSlots(size, run.busy);
  if (slots.all === 0) return 0;
  const claimedAt = deps.clock.monotonic();
  const claimed = await claimMessages(deps.sql, {
    integrationIds: drain.integrations.map((integration) => integration.id),
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

type Start = { run: Run; message: ClaimedMessage; claimedAt: number };

/** A claim that is too old is given back unsent: its attempt's lease may end before the create does. */
function start(deps: Needs, drain: Drain, { run, message, claimedAt }: Start) {
  run.busy[message.lane] += 1;
  const isTooLate = deps.clock.monotonic() - claimedAt > drain.times.startWithin * 1000;
  const sending = {
    account: drain.account,
    provider: drain.provider,
    messagingServiceSid: serviceOf(drain, message.integrationId),
  };
  const sent = isTooLate
    ? Promise.resolve({ kind: "not_started" as const })
    : sendMessage(deps, message, sending);
  void sent.then((end) => {
    run.waiting.push({ message, end });
    run.wake();
  });
}

function serviceOf({ integrations }: Drain, id: string): string | null {
  return integrations.find((integration) => integration.id === id)?.messagingServiceSid ?? null;
}

/** How often a run with free slots looks for what has come in while its sends take their time. */
const LOOK_AGAIN_MS = 250;
/** Sending 4: results are recorded together, held back no longer than this. */
const GATHER_MS = 50;

/**
 * Waits for ends to record: for as many as are still under way, so that one half of the window is
 * recorded and claimed anew while the other half sends, and never longer than `GATHER_MS`. A lone
 * message's end is recorded at once.
 */
async function nextEnds(run: Run): Promise<void> {
  if (hasGathered(run)) return;
  await new Promise<void>((resolve) => {
    let timer = setTimeout(resolve, run.waiting.length > 0 ? GATHER_MS : LOOK_AGAIN_MS);
    run.wake = () => {
      if (hasGathered(run)) {
        clearTimeout(timer);
        setImmediate(resolve);
      } else if (run.waiting.length === 1) {
        clearTimeout(timer);
        timer = setTimeout(resolve, GATHER_MS);
      }
    };
  });
  run.wake = () => undefined;
}

function hasGathered(run: Run): boolean {
  const underWay = busySlots(run) - run.waiting.length;
  return run.waiting.length > 0 && run.waiting.length >= underWay;
}

/** How long ends wait in memory for a database that does not answer. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 250;

async function recordWaiting(deps: Needs, run: Run): Promise<void> {
  const ended = run.waiting.splice(0);
  if (ended.length === 0) return;
  for (const { end } of ended) learn(deps, run, end);
  const giveUpAt = deps.clock.monotonic() + PATIENCE_MS;
  for (;;) {
    try {
      await recordOutcomes(deps, ended);
      break;
    } catch (error) {
      if (!isDatabaseGone(error) || deps.clock.monotonic() >= giveUpAt) throw error;
      deps.log.warn(
        { ends: ended.length, error: String(error) },
        "[SMS] results wait for the database",
      );
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
  for (const { message } of ended) run.busy[message.lane] -= 1;
  run.ended += ended.length;
}

/** What an end says about the provider: how many it bears at once, and whether it is there at all. */
function learn({ clock, settings }: Needs, run: Run, end: EndedAttempt["end"]) {
  const now = clock.now().getTime();
  switch (end.kind) {
    case "unreachable":
      run.breaker = openBreaker(run.breaker, now, settings.timeScale);
      return;
    case "retry":
      if (!end.isThrottle) break;
      run.window = halveWindow(run.window);
      run.breaker = throttledBreaker(run, {
        now,
        scale: settings.timeScale,
        after: end.retryAfter,
      });
      return;
    case "unknown":
    case "not_started":
      return;
    case "accepted":
    case "rejected":
      break;
    default:
      return end satisfies never;
  }
  run.window = growWindow(run.window);
  if (!isOpen(run.breaker, now)) run.breaker = CLOSED;
}

type Throttle = { now: number; scale: number; after: number | null };

function throttledBreaker({ window, breaker }: Run, { now, scale, after }: Throttle): Breaker {
  if (isThrottledOut(window)) return openBreaker(breaker, now, scale);
  const pause = throttlePause(after) * 1000;
  if (pause === 0 || isOpen(breaker, now)) return breaker;
  return { ...breaker, until: now + pause / scale };
}
