import { and, eq, lt, ne, sql } from "drizzle-orm";
import type { Database } from "../client";
import { jobRuns, leases } from "../schema";

/** The class of a run whose process died. */
const LEASE_LOST = "lease_lost";

type Run = {
  id: string;
  job: string;
  isDryRun: boolean;
  startedAt: Date;
  leaseSeconds: number;
};

/**
 * Takes the job's lease and writes the run's row. False: somebody else holds the lease. A run whose
 * lease ran out (its process died) is closed as failed, and the lease is taken over.
 * Leases live on the database's clock, so machines need not agree on the time.
 */
export async function startJobRun(db: Database, run: Run): Promise<boolean> {
  return db.transaction(async (tx) => {
    if (!run.isDryRun && !(await takeLease(tx, run))) return false;
    await tx.insert(jobRuns).values({
      id: run.id,
      job: run.job,
      status: "running",
      holder: run.id,
      isDryRun: run.isDryRun,
      startedAt: run.startedAt,
      heartbeatAt: sql`now()`,
      lockedUntil: until(run.leaseSeconds),
    });
    return true;
  });
}

async function takeLease(tx: Database, run: Run): Promise<boolean> {
  const taken = await tx
    .insert(leases)
    .values({ name: leaseName(run.job), holder: run.id, lockedUntil: until(run.leaseSeconds) })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder: run.id, lockedUntil: until(run.leaseSeconds) },
      setWhere: lt(leases.lockedUntil, sql`now()`),
    })
    .returning({ name: leases.name });
  if (taken.length === 0) return false;
  await tx
    .update(jobRuns)
    .set({
      status: "failed",
      error: "the lease ran out",
      errorClass: LEASE_LOST,
      finishedAt: run.startedAt,
    })
    .where(
      and(
        eq(jobRuns.job, run.job),
        eq(jobRuns.status, "running"),
        eq(jobRuns.isDryRun, false),
        ne(jobRuns.id, run.id),
      ),
    );
  return true;
}

/** The heartbeat. False: the lease has been taken over, so the run must stop. */
export async function extendJobRun(
  db: Database,
  run: Pick<Run, "id" | "job" | "leaseSeconds">,
): Promise<boolean> {
  const kept = await db
    .update(leases)
    .set({ lockedUntil: until(run.leaseSeconds) })
    .where(and(eq(leases.name, leaseName(run.job)), eq(leases.holder, run.id)))
    .returning({ name: leases.name });
  if (kept.length === 0) return false;
  await db
    .update(jobRuns)
    .set({ heartbeatAt: sql`now()`, lockedUntil: until(run.leaseSeconds) })
    .where(and(eq(jobRuns.id, run.id), eq(jobRuns.status, "running")));
  return true;
}

type End = Pick<Run, "id" | "job"> & { finishedAt: Date } & (
    | { status: "succeeded"; result: Record<string, unknown> }
    | { status: "failed"; error: string; errorClass: string }
  );

/** Closes the run and gives the lease back. Nothing happens to a run that was taken over. */
export async function finishJobRun(db: Database, end: End) {
  await db.transaction(async (tx) => {
    await tx
      .update(jobRuns)
      .set({
        status: end.status,
        finishedAt: end.finishedAt,
        result: end.status === "succeeded" ? end.result : null,
        error: end.status === "failed" ? end.error : null,
        errorClass: end.status === "failed" ? end.errorClass : null,
      })
      .where(and(eq(jobRuns.id, end.id), eq(jobRuns.status, "running")));
    await tx
      .delete(leases)
      .where(and(eq(leases.name, leaseName(end.job)), eq(leases.holder, end.id)));
  });
}

function leaseName(job: string) {
  return `job:${job}`;
}

function until(seconds: number) {
  return sql`now() + make_interval(secs => ${seconds})`;
}
