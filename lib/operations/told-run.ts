import type { LatestRun } from "../../db/queries/system/jobs";

/** A run of a job as an administrator of one workspace may read it. Times are ISO 8601. */
export type ToldRun = {
  status: LatestRun["status"];
  startedAt: string;
  /** null: it is under way, or its process died. */
  finishedAt: string | null;
  milliseconds: number | null;
  result: Record<string, unknown> | null;
  error: string | null;
  errorClass: string | null;
};

/**
 * A job works for all workspaces at once: what it counted, and the words of its error, are told only
 * where there is no other workspace that they could be about.
 */
export function toldRun(run: LatestRun, { isOnly }: { isOnly: boolean }): ToldRun {
  const startedAt = new Date(run.startedAt);
  const finishedAt = run.finishedAt === null ? null : new Date(run.finishedAt);
  const isLost = run.status === "running" && !run.isAlive;
  return {
    status: isLost ? "failed" : run.status,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    milliseconds: finishedAt && finishedAt.getTime() - startedAt.getTime(),
    result: isOnly ? run.result : null,
    error: isOnly ? run.error : null,
    errorClass: isLost ? "lease_lost" : run.errorClass,
  };
}
