import { NonRetriableError } from "inngest";
import { z } from "zod";
import { findJob } from "../../lib/operations/jobs";
import { runJob } from "../../lib/operations/run-job";
import type { Deps } from "../../lib/ports/deps";
import type { InngestClient } from "../client";
import { JOB_DUE } from "../events";

const dataSchema = z.object({ job: z.string() });

/** One run of a job. Another process that holds the lease makes this one end at once. */
export function runJobFunction(inngest: InngestClient, getDeps: () => Deps) {
  return inngest.createFunction(
    {
      id: "run-job",
      triggers: [{ event: JOB_DUE }],
      concurrency: { limit: 1, key: "event.data.job" },
      // The next tick is the retry.
      retries: 0,
    },
    async ({ event, step }) => {
      const job = findJob(dataSchema.safeParse(event.data).data?.job ?? "");
      if (!job) throw new NonRetriableError("job: no job has this name");
      return step.run("run", () => runJob(getDeps(), { job }));
    },
  );
}
