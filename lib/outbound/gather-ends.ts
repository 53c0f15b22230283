import { setTimeout as pause } from "node:timers/promises";
import { isDatabaseGone } from "../../db/is-database-gone";
import type { Deps } from "../ports/deps";
import { type DrainRun, learn, noteStop, takeSlots } from "./drain-run";
import { giveBackUnsent } from "./pacing";
import { settleIn } from "./purse";
import { type EndedAttempt, recordOutcomes } from "./record-outcomes";

type Needs = Pick<Deps, "sql" | "clock" | "chance" | "log" | "realtime" | "settings">;

/** Sending 4: results are recorded together, held back no longer than this. */
const GATHER_MS = 50;

/**
 * Takes the end of an attempt and records it together with others: when half a window waits, so that
 * one half is recorded while the other sends, and 50 ms later at the latest. A lone message's end is
 * recorded at once. One statement at a time.
 */
export function gatherEnd(deps: Needs, run: DrainRun, ended: EndedAttempt) {
  run.sending -= 1;
  run.waiting.push(ended);
  learn(deps, run, ended.end);
  noteStop(run, ended);
  if (run.pacing) giveBackUnsent(run.pacing, ended);
  recordWhenGathered(deps, run);
}

function recordWhenGathered(deps: Needs, run: DrainRun) {
  if (run.isRecording || run.waiting.length === 0) return;
  if (run.sending === 0 || run.waiting.length >= run.window.size / 2 - 1) {
    // After this turn of the event loop: answers come in handfuls.
    setImmediate(() => void record(deps, run));
  } else run.patience ??= setTimeout(() => void record(deps, run), GATHER_MS);
}

async function record(deps: Needs, run: DrainRun): Promise<void> {
  if (run.isRecording || run.waiting.length === 0) return;
  run.isRecording = true;
  clearTimeout(run.patience ?? undefined);
  run.patience = null;
  const ended = run.waiting.splice(0);
  try {
    await recordPatiently(deps, run, ended);
    run.ended += ended.length;
  } catch (error) {
    run.fault ??= { error };
  }
  for (const one of ended) {
    takeSlots(run, one.message, -1);
    if (run.purse) settleIn(run.purse, one);
  }
  run.isRecording = false;
  run.records += 1;
  run.wake();
  recordWhenGathered(deps, run);
}

/** How long ends wait in memory for a database that does not answer. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 250;

async function recordPatiently(
  deps: Needs,
  by: DrainRun,
  ended: readonly EndedAttempt[],
): Promise<void> {
  const giveUpAt = deps.clock.monotonic() + PATIENCE_MS;
  for (;;) {
    try {
      await recordOutcomes(deps, ended, by);
      return;
    } catch (error) {
      if (!isDatabaseGone(error) || deps.clock.monotonic() >= giveUpAt) throw error;
      deps.log.warn(
        { ends: ended.length, error: String(error) },
        "[SMS] results wait for the database",
      );
      await pause(PAUSE_MS);
    }
  }
}
