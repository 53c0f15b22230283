import { findDueJobs } from "../../lib/operations/find-due-jobs";
import { JOBS } from "../../lib/operations/jobs";
import type { Deps } from "../../lib/ports/deps";
import type { InngestClient } from "../client";
import { JOB_DUE } from "../events";

/** Every 10 s, between the minute's ticks too: lost attempts, and what became of unconfirmed sends. */
const EVERY_SLOT = ["dispatch", "reconcile"];
const SLOT_MS = 10_000;
const SLOTS = 6;

/** Every minute: start the jobs that are due, and ask for the frequent ones until the next tick. */
export function startDueJobsFunction(inngest: InngestClient, getDeps: () => Deps) {
  return inngest.createFunction(
    { id: "start-due-jobs", triggers: [{ cron: "* * * * *" }], retries: 1 },
    async ({ step }) => {
      const events = await step.run("find", async () => {
        const names = await findDueJobs(getDeps(), JOBS);
        const due = names.map((job) => ({ name: JOB_DUE, data: { job } }));
        return [...due, ...frequentUntilNextTick(getDeps().clock.now().getTime())];
      });
      await step.sendEvent("start", events);
    },
  );
}

/** Named after their 10 s of the clock: ticks that come oftener, or twice, ask for each only once. */
function frequentUntilNextTick(now: number) {
  const current = Math.floor(now / SLOT_MS);
  return Array.from({ length: SLOTS - 1 }, (_, index) => current + index + 1).flatMap((slot) =>
    EVERY_SLOT.map((job) => ({
      name: JOB_DUE,
      id: `${job}-${slot}`,
      data: { job },
      ts: slot * SLOT_MS,
    })),
  );
}
