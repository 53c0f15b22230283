import { insertAudit } from "../../db/writes/audit";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { findJob } from "./jobs";
import { carryOut, startRun } from "./run-job";

export type RunNowOutcome =
  /** Under way; `readJobRun` tells how it goes. */
  | { kind: "started"; runId: string }
  /** Another run holds the lease. */
  | { kind: "busy" }
  | { kind: "not_found" };

type Running = { job: string; isDryRun: boolean };

/**
 * R213, R218: starts a job at an administrator's word and does not wait for its end. A dry run changes
 * nothing and tells what a real one would do; a real one is `busy` while another is under way.
 */
export async function runJobNow(
  deps: Deps,
  by: Administrator,
  { job: name, isDryRun }: Running,
): Promise<RunNowOutcome> {
  const job = findJob(name);
  if (!job) return { kind: "not_found" };
  if (!isDryRun) {
    const { workspaceId, actor } = by;
    const target = { type: "job", id: name };
    const entry = { workspaceId, actor, target, at: deps.clock.now(), action: "job.run" };
    await insertAudit(deps.db, entry);
  }
  const run = await startRun(deps, { job, isDryRun });
  if (!run) return { kind: "busy" };
  carryOut(deps, run).catch((error: unknown) => {
    // Its row is closed as lost when the lease runs out.
    deps.log.error({ job: name, runId: run.id, error }, "[JOBS] a run could not be closed");
  });
  return { kind: "started", runId: run.id };
}
