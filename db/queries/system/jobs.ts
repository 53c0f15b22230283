import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../../client";
import { jobRuns } from "../../schema";

export type JobRun = typeof jobRuns.$inferSelect;

/**
 * When each of these jobs last started a run that succeeded, dry runs aside. One look into the index
 * per job, all in one statement: the runs of a week are many, and every tick and health check asks.
 */
export async function findLastSuccesses(
  db: Database,
  jobs: readonly string[],
): Promise<Map<string, Date>> {
  const last = db
    .select({ startedAt: jobRuns.startedAt })
    .from(jobRuns)
    .where(
      and(
        eq(jobRuns.job, sql`names.job`),
        eq(jobRuns.status, "succeeded"),
        eq(jobRuns.isDryRun, false),
      ),
    )
    .orderBy(desc(jobRuns.startedAt))
    .limit(1);
  const names = sql.join(
    jobs.map((job) => sql`(${job})`),
    sql`, `,
  );
  const found = await db
    .select({ job: sql<string>`names.job`, startedAt: sql<Date>`last.started_at` })
    .from(sql`(values ${names}) as names(job) cross join lateral (${last}) as last`);
  return new Map(found.map(({ job, startedAt }) => [job, new Date(startedAt)]));
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
