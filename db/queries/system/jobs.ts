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

export type LatestRun = {
  job: string;
  status: JobRun["status"];
  startedAt: string;
  finishedAt: string | null;
  /** Its process lives, as far as its heartbeat tells. */
  isAlive: boolean;
  result: Record<string, unknown> | null;
  error: string | null;
  errorClass: string | null;
};

/** Of a run `r`. */
const SHOWN = sql.raw(`r.status, r.started_at as "startedAt", r.finished_at as "finishedAt",
  r.status = 'running' and r.locked_until > clock_timestamp() as "isAlive", r.result, r.error,
  r.error_class as "errorClass"`);

/** The last run of each of these jobs that has had one, dry runs aside; also the one under way. */
export async function findLatestRuns(
  db: Database,
  jobs: readonly string[],
): Promise<Map<string, LatestRun>> {
  const names = sql.join(
    jobs.map((job) => sql`(${job}::text)`),
    sql`, `,
  );
  const rows = await db.execute<LatestRun>(sql`
    select j.job, ${SHOWN}
    from (values ${names}) as j(job)
    cross join lateral (
      select * from ${jobRuns} r
      where r.job = j.job and not r.is_dry_run
      order by r.started_at desc limit 1) r`);
  return new Map(rows.map((row) => [row.job, row]));
}

/** One run of a job, dry or not; null: it never was, or a week ago. */
export async function findRun(
  db: Database,
  { job, runId }: { job: string; runId: string },
): Promise<(LatestRun & { isDryRun: boolean }) | null> {
  const [row] = await db.execute<LatestRun & { isDryRun: boolean }>(sql`
    select r.job, r.is_dry_run as "isDryRun", ${SHOWN}
    from ${jobRuns} r where r.id = ${runId} and r.job = ${job}`);
  return row ?? null;
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
