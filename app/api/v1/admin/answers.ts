import type { z } from "zod";
import type { IntegrationRow } from "@/db/queries/integrations";
import type { JobOverview } from "@/lib/operations/list-jobs";
import type { Figures } from "@/lib/operations/read-figures";
import type { readJobRun } from "@/lib/operations/read-job-run";
import type { getJobRun, getStats, listConnections, listJobs } from "./schema";

type Body<O extends { response: { schema?: z.ZodType } }> = z.input<
  NonNullable<O["response"]["schema"]>
>;

export function toStats(figures: Figures): Body<typeof getStats> {
  const { period, ...rest } = figures;
  return {
    ...rest,
    period: period.key,
    since: period.since.toISOString(),
    until: period.until.toISOString(),
    step: period.step,
  };
}

export function toJob(overview: JobOverview): Body<typeof listJobs>["data"][number] {
  const { name: id, lastRun, lastSuccessAt, nextRunAt, ...rest } = overview;
  return {
    ...rest,
    id,
    lastRun,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    nextRunAt: nextRunAt.toISOString(),
  };
}

export function toJobRun({
  isDryRun: dryRun,
  ...run
}: NonNullable<Awaited<ReturnType<typeof readJobRun>>>): Body<typeof getJobRun> {
  return { ...run, dryRun };
}

/** No credential: only whether there is one. */
export function toConnection(row: IntegrationRow): Body<typeof listConnections>["senders"][number] {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    provider: row.provider,
    sender: row.sender,
    isActive: row.isActive,
    hasApiKey: row.hasToken,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    lastWebhookAt: row.lastWebhookAt?.toISOString() ?? null,
  };
}
