"use server";

import { z } from "zod";
import { viewerAction } from "@/lib/auth/action";
import { runJobNow } from "@/lib/operations/run-job-now";
import { getDeps } from "@/lib/runtime";

const runInput = z.object({ job: z.string().max(64), isDryRun: z.boolean() });

export const runJobByHand = viewerAction(
  { role: "admin", input: runInput },
  async (viewer, { job, isDryRun }) => {
    const outcome = await runJobNow(getDeps(), viewer, { job, isDryRun });
    switch (outcome.kind) {
      case "not_found":
        return { ok: false, code: "not_found" };
      case "busy":
        return { ok: false, code: "job_running" };
      case "started":
        return { ok: true, data: { runId: outcome.runId, isDryRun } };
      default:
        return outcome satisfies never;
    }
  },
);
