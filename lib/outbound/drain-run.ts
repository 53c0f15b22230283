import type { AccountCosts } from "../../db/queries/system/costs";
import { type Breaker, CLOSED, isOpen, openBreaker } from "../domain/breaker";
import type { RetryRules } from "../domain/retry-delay";
import {
  growWindow,
  halveWindow,
  isThrottledOut,
  type SendWindow,
  throttlePause,
} from "../domain/send-window";
import { stopOf } from "../domain/settle-outcome";
import type { Lane } from "../domain/words";
import type { Deps } from "../ports/deps";
import type { Pacing } from "./pacing";
import type { Purse } from "./purse";
import type { EndedAttempt } from "./record-outcomes";

/** What one run over an account's outbox holds in memory. */
export type DrainRun = {
  window: SendWindow;
  breaker: Breaker;
  /** Attempts whose end is recorded, whatever their outcome. */
  ended: number;
  isLeaseLost: boolean;
  /** What a configuration fault has stopped since the run began: nothing more of it is claimed. */
  stopped: { isAccount: boolean; integrationIds: Set<string> };
  /** Rows from their claim until their end is recorded; they take the window's slots. */
  busy: Record<Lane, number>;
  /** The same, by sender. */
  busyOf: Map<string, Record<Lane, number>>;
  /** null: nothing of this account has a pace. */
  pacing: Pacing | null;
  /** By which sends are counted as spent; null: they are not. */
  costs: AccountCosts | null;
  retries: RetryRules;
  /** null: no hard cap binds this workspace. */
  purse: Purse | null;
  /** Creates under way. */
  sending: number;
  /** Ends that are still to be recorded. */
  waiting: EndedAttempt[];
  isRecording: boolean;
  /** Records what waits although more is under way. */
  patience: ReturnType<typeof setTimeout> | null;
  /** Statements of ends so far: each frees slots and lets the next of a conversation go. */
  records: number;
  /** Why no more can be claimed; thrown once what is under way has been recorded. */
  fault: { error: unknown } | null;
  startedAt: number;
  renewedAt: number;
  /** Called when ends have been recorded. */
  wake: () => void;
};

type Known = Pick<DrainRun, "window" | "breaker" | "pacing" | "costs" | "retries" | "purse">;

/** @param now monotonic milliseconds */
export function openRun(known: Known, now: number): DrainRun {
  return {
    window: known.window,
    breaker: known.breaker,
    ended: 0,
    isLeaseLost: false,
    stopped: { isAccount: false, integrationIds: new Set() },
    busy: { interactive: 0, normal: 0 },
    busyOf: new Map(),
    pacing: known.pacing,
    costs: known.costs,
    retries: known.retries,
    purse: known.purse,
    sending: 0,
    waiting: [],
    isRecording: false,
    patience: null,
    records: 0,
    fault: null,
    startedAt: now,
    renewedAt: now,
    wake: () => undefined,
  };
}

type Row = { integrationId: string; lane: Lane };

/** A row takes a slot (1), or gives it back (-1). */
export function takeSlots({ busy, busyOf }: DrainRun, row: Row, count: 1 | -1) {
  const own = slotsOf(busyOf, row.integrationId);
  busy[row.lane] += count;
  own[row.lane] += count;
  busyOf.set(row.integrationId, own);
}

export function slotsOf(busyOf: DrainRun["busyOf"], integrationId: string): Record<Lane, number> {
  return busyOf.get(integrationId) ?? { interactive: 0, normal: 0 };
}

export function isIdle({ busy }: DrainRun): boolean {
  return busy.interactive + busy.normal === 0;
}

/** Remembers a fault that stops more than its message. */
export function noteStop({ stopped }: DrainRun, { message, end }: EndedAttempt) {
  const scope = stopOf(end);
  if (scope === "account") stopped.isAccount = true;
  if (scope === "sender") stopped.integrationIds.add(message.integrationId);
}

export function hasStopped({ stopped }: Pick<DrainRun, "stopped">): boolean {
  return stopped.isAccount || stopped.integrationIds.size > 0;
}

/** What an end says about the provider: how many it bears at once, and whether it is there at all. */
export function learn(
  { clock, settings }: Pick<Deps, "clock" | "settings">,
  run: DrainRun,
  end: EndedAttempt["end"],
) {
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

function throttledBreaker({ window, breaker }: DrainRun, { now, scale, after }: Throttle): Breaker {
  if (isThrottledOut(window)) return openBreaker(breaker, now, scale);
  const pause = throttlePause(after) * 1000;
  if (pause === 0 || isOpen(breaker, now)) return breaker;
  return { ...breaker, until: now + pause / scale };
}
