import { findLastSuccesses } from "../../db/queries/system/jobs";
import type { Deps } from "../ports/deps";
import type { JobDefinition } from "./run-job";

/** A job whose last success is older than this many periods is late. */
const LATE_PERIODS = 3;
/** Seconds between two ticks; what runs at every tick has this as its period. */
const TICK_SECONDS = 60;

/** The names of the jobs that must run now: those of every tick, and those whose period has passed. */
export async function findDueJobs(
  deps: Pick<Deps, "db" | "clock">,
  jobs: readonly JobDefinition[],
): Promise<string[]> {
  const successes = await findLastSuccesses(deps.db, namesOf(jobs));
  const now = deps.clock.now().getTime();
  return jobs
    .filter((job) => now - (successes.get(job.name)?.getTime() ?? 0) >= job.periodSeconds * 1000)
    .map((job) => job.name);
}

/**
 * The names of the jobs without a success for three periods, counted from `since` at the earliest;
 * what `/api/health` shows.
 */
export async function findLateJobs(
  deps: Pick<Deps, "db" | "clock">,
  jobs: readonly Pick<JobDefinition, "name" | "periodSeconds">[],
  since: Date,
): Promise<string[]> {
  const successes = await findLastSuccesses(deps.db, namesOf(jobs));
  const now = deps.clock.now().getTime();
  return jobs
    .filter((job) => {
      const period = Math.max(job.periodSeconds, TICK_SECONDS) * 1000;
      const last = Math.max(successes.get(job.name)?.getTime() ?? 0, since.getTime());
      return now - last > period * LATE_PERIODS;
    })
    .map((job) => job.name);
}

function namesOf(jobs: readonly Pick<JobDefinition, "name">[]) {
  return jobs.map((job) => job.name);
}
