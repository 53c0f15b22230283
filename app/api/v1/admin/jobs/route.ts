import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { listJobs } from "@/lib/operations/list-jobs";
import { toJob } from "../answers";
import * as operations from "../schema";

const list = apiRoute(operations.listJobs, async ({ deps }) => {
  const since = new Date(deps.clock.now().getTime() - process.uptime() * 1000);
  return { status: 200, body: { data: (await listJobs(deps, { since })).map(toJob) } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list });
