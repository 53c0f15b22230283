import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { readJobRun } from "@/lib/operations/read-job-run";
import { toJobRun } from "../../../../answers";
import * as operations from "../../../../schema";

const get = apiRoute(operations.getJobRun, async ({ deps, params }) => {
  const found = await readJobRun(deps, { job: params.jobId, runId: params.runId });
  return found ? { status: 200, body: toJobRun(found) } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get });
