import { and, desc, eq, max } from "drizzle-orm";
import type { Database } from "../../client";
import { jobRuns } from "../../schema";

export type JobRun = typeof jobRuns.$inferSelect;

/** When each job last started a run that succeeded, dry runs aside. */
export async function findLastSuccesses(db: Database): Promise<Map<string, Date>> {
  const rows = await db
    .select({ job: jobRuns.job, startedAt: max(jobRuns.startedAt) })
    .from(jobRuns)
    .where(and(eq(jobRuns.status, "succeeded"), eq(jobRuns.isDryRun, false)))
    .groupBy(jobRuns.job);
  return new Map(rows.flatMap((row) => (row.startedAt ? [[row.job, row.startedAt]] : [])));
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
