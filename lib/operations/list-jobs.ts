import { findLastSuccesses, findLatestRuns } from "../../db/queries/system/jobs";
import { isOnlyWorkspace } from "../../db/queries/system/workspaces";
import { nextRunOf } from "../domain/next-run";
import type { Deps } from "../ports/deps";
import { findLateJobs } from "./find-due-jobs";
import { JOBS } from "./jobs";
import { type ToldRun, toldRun } from "./told-run";

export type JobOverview = {
  name: string;
  /** Seconds; 0: at every tick. */
  periodSeconds: number;
  isRunning: boolean;
  /** No success for three periods. */
  isLate: boolean;
  /** Dry runs aside; null: none in the last week. */
  lastRun: ToldRun | null;
  lastSuccessAt: Date | null;
  nextRunAt: Date;
};

/**
 * R217: everything that runs by the clock, with its last run and when it comes next.
 *
 * @param since as of `checkHealth`
 */
export async function listJobs(
  deps: Pick<Deps, "db" | "clock">,
  { since }: { since: Date },
): Promise<JobOverview[]> {
  const names = JOBS.map(({ name }) => name);
  const successes = await findLastSuccesses(deps.db, names);
  const runs = await findLatestRuns(deps.db, names);
  const late = await findLateJobs(deps, JOBS, since);
  const isOnly = await isOnlyWorkspace(deps.db);
  const now = deps.clock.now();
  return JOBS.map(({ name, periodSeconds }) => {
    const lastSuccess = successes.get(name) ?? null;
    const lastRun = runs.get(name) ?? null;
    return {
      name,
      periodSeconds,
      isRunning: lastRun?.isAlive ?? false,
      isLate: late.includes(name),
      lastRun: lastRun && toldRun(lastRun, { isOnly }),
      lastSuccessAt: lastSuccess,
      nextRunAt: nextRunOf({ lastSuccess, periodSeconds, now }),
    };
  });
}
