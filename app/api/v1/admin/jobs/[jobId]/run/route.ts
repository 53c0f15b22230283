import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { runJobNow } from "@/lib/operations/run-job-now";
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
    case "succeeded":
    case "failed": {
      const { kind: status, runId } = outcome;
      const result = status === "succeeded" ? outcome.result : null;
      const error = status === "failed" ? outcome.error : null;
      return { status: 200, body: { runId, dryRun, status, result, error } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: run });
