import { desc, eq, sql } from "drizzle-orm";
import type { Database } from "../../client";
import { jobRuns } from "../../schema";

export type JobRun = typeof jobRuns.$inferSelect;

/**
 * When each of these jobs last started a run that succeeded, dry runs aside. One look into the index
 * per job, in one statement: the runs of a week are many, and every tick and health check asks.
 */
export async function findLastSuccesses(
  db: Database,
  jobs: readonly string[],
): Promise<Map<string, Date>> {
  const names = sql.join(
    jobs.map((job) => sql`(${job}::text)`),
    sql`, `,
  );
  const rows = await db.execute<{ job: string; at: string | null }>(sql`
    select j.job, (
      select r.started_at from ${jobRuns} r
      where r.job = j.job and r.status = 'succeeded' and not r.is_dry_run
      order by r.started_at desc limit 1) as at
    from (values ${names}) as j(job)`);
  return new Map(rows.flatMap(({ job, at }) => (at ? [[job, new Date(at)]] : [])));
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
