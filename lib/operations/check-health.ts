import { isDatabaseGone } from "../../db/is-database-gone";
import { countUnconfirmed } from "../../db/queries/system/owed";
import { countStopped } from "../../db/queries/system/stopped";
import type { Deps } from "../ports/deps";
import { findLateJobs } from "./find-due-jobs";
import { JOBS } from "./jobs";

/**
 * `degraded` still serves people (something behind the screens is late); `unavailable` serves nobody,
 * so a balancer should ask another instance.
 */
export type Health = {
  status: "ok" | "degraded" | "unavailable";
  checks: {
    database: { status: "ok" | "unavailable" };
    /** `unknown`: the database, which holds the runs, does not answer. */
    jobs: { status: "ok" | "late" | "unknown"; late: string[] };
    /**
     * Messages that may or may not have left: those being looked for at the provider, and those that
     * only a person can settle; and what a configuration fault holds back. null: the database does not answer.
     */
    sending: {
      unconfirmed: number;
      doubtful: number;
      /** Accounts and senders that a configuration fault has stopped. */
      stopped: number;
      /** Messages that wait for somebody to mend something or to decide. */
      paused: number;
    } | null;
  };
};

export const UNAVAILABLE: Health = {
  status: "unavailable",
  checks: {
    database: { status: "unavailable" },
    jobs: { status: "unknown", late: [] },
    sending: null,
  },
};

/**
 * What an uptime check needs to know. It asks the database itself, never the job engine: a dead
 * engine shows as late jobs. Never throws; waits as long as the database does not answer.
 *
 * @param since when this process began to watch: a job that has not run while everything was down
 *   is given its three periods from here on
 */
export async function checkHealth(
  deps: Pick<Deps, "db" | "sql" | "clock" | "log">,
  { since }: { since: Date },
): Promise<Health> {
  try {
    const late = await findLateJobs(deps, JOBS, since);
    const { unconfirmed, doubtful } = await countUnconfirmed(deps.db);
    const { accounts, senders, paused } = await countStopped(deps.sql);
    const settled = { unconfirmed: unconfirmed - doubtful, doubtful };
    return {
      status: late.length > 0 ? "degraded" : "ok",
      checks: {
        database: { status: "ok" },
        jobs: { status: late.length > 0 ? "late" : "ok", late },
        sending: { ...settled, stopped: accounts + senders, paused },
      },
    };
  } catch (error) {
    if (!isDatabaseGone(error)) deps.log.error({ error }, "[HEALTH] the database answered amiss");
    return UNAVAILABLE;
  }
}
