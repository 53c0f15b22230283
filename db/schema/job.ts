import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Who may do something alone: `dispatch:<account id>` and its kin. Times are the database's clock. */
export const leases = pgTable("leases", {
  name: text().primaryKey(),
  holder: text().notNull(),
  lockedUntil: timestamp({ withTimezone: true }).notNull(),
});

/** A run of a job: a leased row, retaken when its lease expires. */
export const jobRuns = pgTable(
  "job_runs",
  {
    id: uuid().primaryKey(),
    job: text().notNull(),
    status: text({ enum: ["running", "succeeded", "failed"] }).notNull(),
    holder: text().notNull(),
    isDryRun: boolean().notNull().default(false),
    startedAt: timestamp({ withTimezone: true }).notNull(),
    heartbeatAt: timestamp({ withTimezone: true }).notNull(),
    lockedUntil: timestamp({ withTimezone: true }).notNull(),
    finishedAt: timestamp({ withTimezone: true }),
    result: jsonb().$type<Record<string, unknown>>(),
    /** What the error said. */
    error: text(),
    /** Its kind alone, such as `23505` or `TypeError`: what may be told where the words may not. */
    errorClass: text(),
  },
  (t) => [
    index("job_runs_job_idx").on(t.job, t.startedAt.desc()),
    index("job_runs_running_idx").on(t.job).where(sql`${t.status} = 'running'`),
  ],
);
