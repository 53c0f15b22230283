import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { readJobRun } from "@/lib/operations/read-job-run";
import { runJobNow } from "@/lib/operations/run-job-now";
import { toJobRun } from "../../../answers";
import * as operations from "../../../schema";

const run = apiRoute(operations.runJob, async ({ deps, caller, params, body }) => {
  const { dryRun } = body;
  const outcome = await runJobNow(deps, caller, { job: params.jobId, isDryRun: dryRun });
  switch (outcome.kind) {
    case "not_found":
      return { problem: notFound() };
    case "busy": {
      const detail = "It is running just now: wait for its end";
      return { problem: { status: 409, code: "job_running", detail } };
    }
    case "started": {
      const { runId } = outcome;
      const found = await readJobRun(deps, { job: params.jobId, runId });
      return found ? { status: 202, body: toJobRun(found) } : { problem: notFound() };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: run });
