import { and, desc, eq } from "drizzle-orm";
import type { Database } from "../../client";
import { jobRuns } from "../../schema";

export type JobRun = typeof jobRuns.$inferSelect;

/**
 * When each of these jobs last started a run that succeeded, dry runs aside. One look into the index
 * per job: the runs of a week are many, and every tick and health check asks.
 */
export async function findLastSuccesses(
  db: Database,
  jobs: readonly string[],
): Promise<Map<string, Date>> {
  const found = await Promise.all(jobs.map((job) => findLastSuccess(db, job)));
  return new Map(found.flatMap((run) => (run ? [[run.job, run.startedAt]] : [])));
}

async function findLastSuccess(db: Database, job: string) {
  const [run] = await db
    .select({ job: jobRuns.job, startedAt: jobRuns.startedAt })
    .from(jobRuns)
    .where(and(eq(jobRuns.job, job), eq(jobRuns.status, "succeeded"), eq(jobRuns.isDryRun, false)))
    .orderBy(desc(jobRuns.startedAt))
    .limit(1);
  return run;
}

/** The newest runs of a job, newest first. */
export async function findJobRuns(db: Database, job: string, limit: number): Promise<JobRun[]> {
  return db
    .select()
    .from(jobRuns)
    .where(eq(jobRuns.job, job))
    .orderBy(desc(jobRuns.startedAt), desc(jobRuns.id))
    .limit(limit);
}
