import { extendJobRun, finishJobRun, startJobRun } from "../../db/writes/jobs";
import { classOfError } from "../domain/class-of-error";
import type { Deps } from "../ports/deps";

/** What a job does and how often; the work itself is a stage. */
export type JobDefinition = {
  name: string;
  /** Runs again when its last success began this many seconds ago; 0: at every tick. */
  periodSeconds: number;
  /**
   * One run. A dry run changes nothing and answers what a real one would do. When `signal` is
   * aborted the lease is lost: somebody else does the work.
   */
  run: (
    deps: Deps,
    input: { isDryRun: boolean; signal: AbortSignal },
  ) => Promise<Record<string, unknown>>;
};

export type RunJobOutcome =
  | { kind: "succeeded"; runId: string; result: Record<string, unknown> }
  | { kind: "failed"; runId: string; error: string }
  /** Another process holds the lease. */
  | { kind: "busy" };

/** Seconds. A process that dies frees its job after this; one that lives renews every third. */
const LEASE_SECONDS = 60;

/**
 * Runs a job alone over all processes: the run is a row with a lease, renewed by a heartbeat and
 * taken over when it runs out. A dry run takes no lease, since it changes nothing.
 */
export async function runJob(deps: Deps, input: RunJobInput): Promise<RunJobOutcome> {
  const run = await startRun(deps, input);
  return run ? carryOut(deps, run) : { kind: "busy" };
}

export type RunJobInput = { job: JobDefinition; isDryRun?: boolean; leaseSeconds?: number };

/** Takes the lease and writes the run down; null: another process holds it. `carryOut` must follow. */
export async function startRun(
  deps: Deps,
  { job, isDryRun = false, leaseSeconds = LEASE_SECONDS }: RunJobInput,
): Promise<StartedRun | null> {
  const run = { id: deps.chance.uuid(), job: job.name, isDryRun, leaseSeconds };
  const isStarted = await startJobRun(deps.db, { ...run, startedAt: deps.clock.now() });
  return isStarted ? { ...run, definition: job } : null;
}

/** Does the work of a started run and closes it. @throws when the database is gone at its end */
export async function carryOut(deps: Deps, run: StartedRun): Promise<EndedRun> {
  const { isDryRun, definition } = run;
  const heartbeat = startHeartbeat(deps, run);
  try {
    const result = await definition.run(deps, { isDryRun, signal: heartbeat.signal });
    return await finish(deps, run, { status: "succeeded", result });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    deps.log.error({ job: run.job, runId: run.id, error: message }, "[JOBS] run failed");
    const errorClass = classOfError(error);
    return await finish(deps, run, { status: "failed", error: message, errorClass });
  } finally {
    heartbeat.stop();
  }
}

type Run = { id: string; job: string; isDryRun: boolean; leaseSeconds: number };
export type StartedRun = Run & { definition: JobDefinition };
type EndedRun = Exclude<RunJobOutcome, { kind: "busy" }>;
type End =
  | { status: "succeeded"; result: Record<string, unknown> }
  | { status: "failed"; error: string; errorClass: string };

async function finish(deps: Deps, run: Run, end: End): Promise<EndedRun> {
  const finishedAt = deps.clock.now();
  await finishJobRun(deps.db, { id: run.id, job: run.job, finishedAt, ...end });
  return end.status === "succeeded"
    ? { kind: "succeeded", runId: run.id, result: end.result }
    : { kind: "failed", runId: run.id, error: end.error };
}

function startHeartbeat(deps: Deps, run: Run) {
  const lost = new AbortController();
  if (run.isDryRun) return { signal: lost.signal, stop: () => undefined };
  const beat = async () => {
    try {
      if (!(await extendJobRun(deps.db, run))) lost.abort();
    } catch (error) {
      // The database is away; if it stays away the lease runs out by itself.
      deps.log.warn({ job: run.job, error: String(error) }, "[JOBS] heartbeat missed");
    }
  };
  const timer = setInterval(beat, (run.leaseSeconds * 1000) / 3);
  return { signal: lost.signal, stop: () => clearInterval(timer) };
}
