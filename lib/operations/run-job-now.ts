import { insertAudit } from "../../db/writes/audit";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { findJob } from "./jobs";
import { type RunJobOutcome, runJob } from "./run-job";

export type RunNowOutcome = RunJobOutcome | { kind: "not_found" };

type Running = { job: string; isDryRun: boolean };

/**
 * R213, R218: runs a job at an administrator's word and waits for its end. A dry run changes nothing and
 * answers what a real one would do; a real one is `busy` while another is under way.
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
  return runJob(deps, { job, isDryRun });
}
