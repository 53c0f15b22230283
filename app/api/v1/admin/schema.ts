import { z } from "zod";
import { PERIODS } from "@/lib/domain/history/period";
import { CHANNELS, PROVIDERS } from "@/lib/domain/words";
import { id, time } from "@/lib/http/fields";
import { defineOperation } from "@/lib/http/operation";

const count = z.number().int();
const seconds = z.number().nullable();

/** What counts add up to. */
export const totals = z.object({
  total: count,
  sent: count.meta({ description: "Left and did not fail, as far as is known" }),
  delivered: count,
  failed: count,
  underway: count,
  shown: count.meta({ description: "In the bell" }),
  kept: count.meta({ description: "Held or gathered" }),
  notSent: count.meta({ description: "Refused by a gate, too late or canceled" }),
  successRate: z
    .number()
    .nullable()
    .meta({ description: "`sent` of all that ended, 0 to 1; null: nothing has ended yet" }),
});

export const totalsByKey = totals.extend({ key: z.string() });

const column = z.object({
  at: z.string().meta({ description: "On the workspace's clock", example: "2026-11-27" }),
  key: z.string(),
  sent: count,
  failed: count,
});

const stats = z
  .object({
    period: z.enum(PERIODS),
    since: time,
    until: time,
    timeZone: z.string(),
    step: z.enum(["hour", "day"]),
    totals,
    byChannel: z.array(totalsByKey),
    byType: z.array(totalsByKey),
    channelsOverTime: z.array(column),
    typesOverTime: z.array(column),
    delay: z
      .object({ measured: count, median: seconds, p95: seconds })
      .meta({ description: "Seconds from when a message was due until a provider had it" }),
    backlog: z
      .object({
        waiting: count,
        sending: count,
        scheduled: count,
        unconfirmed: count,
        paused: count,
        held: count,
        bundled: count,
      })
      .meta({ description: "At this moment, whatever the period" }),
  })
  .meta({ id: "SendingStats" });

const tag = "Administration";

export const getStats = defineOperation({
  tag,
  method: "GET",
  path: "/admin/stats",
  summary: "What was sent, how well and how fast, and what waits",
  role: "admin",
  scope: "operations:read",
  query: z.object({
    period: z.enum(PERIODS).default("7d"),
    channel: z.enum(CHANNELS).optional(),
    integrationId: id.optional(),
  }),
  response: { status: 200, description: "The figures", schema: stats },
});

const ofOneAlone = "null where the server has other workspaces too, which it would be about";

const jobRun = z.object({
  status: z.enum(["running", "succeeded", "failed"]),
  startedAt: time,
  finishedAt: time.nullable(),
  milliseconds: count.nullable().meta({ description: "How long it took" }),
  result: z.record(z.string(), z.unknown()).nullable().meta({ description: ofOneAlone }),
  error: z.string().nullable().meta({ description: ofOneAlone }),
  errorClass: z.string().nullable().meta({ description: "Of a failed one", example: "ETIMEDOUT" }),
});

const job = z
  .object({
    id: z.string().meta({ example: "dispatch" }),
    periodSeconds: count.meta({ description: "0: every minute" }),
    isRunning: z.boolean(),
    isLate: z.boolean().meta({ description: "No success for three periods" }),
    lastRun: jobRun.nullable().meta({ description: "Dry runs aside" }),
    lastSuccessAt: time.nullable(),
    nextRunAt: time,
  })
  .meta({ id: "Job" });

export const listJobs = defineOperation({
  tag,
  method: "GET",
  path: "/admin/jobs",
  summary: "What runs by the clock: its last run, its result, the next run",
  role: "admin",
  scope: "operations:read",
  response: {
    status: 200,
    description: "Every job",
    schema: z.object({ data: z.array(job) }),
  },
});

const startedRun = jobRun.extend({ runId: id, dryRun: z.boolean() }).meta({ id: "JobRun" });

export const runJob = defineOperation({
  tag,
  method: "POST",
  path: "/admin/jobs/{jobId}/run",
  summary: "Run a job now; with `dryRun`, only tell what it would do",
  description:
    "Answers as soon as it is under way; `GET /admin/jobs/{jobId}/runs/{runId}` tells what it comes to. Every job has a dry run, which changes nothing.",
  role: "admin",
  scope: "operations:write",
  params: z.object({ jobId: z.string().max(64) }),
  body: z.strictObject({ dryRun: z.boolean().default(false) }).meta({ example: { dryRun: true } }),
  response: {
    status: 202,
    description: "The run, under way",
    schema: startedRun,
  },
  refusals: [{ status: 409, code: "job_running" }],
});

export const getJobRun = defineOperation({
  tag,
  method: "GET",
  path: "/admin/jobs/{jobId}/runs/{runId}",
  summary: "How a run goes, or what it came to",
  role: "admin",
  scope: "operations:read",
  params: z.object({ jobId: z.string().max(64), runId: id }),
  response: { status: 200, description: "The run", schema: startedRun },
});

const connection = z.object({
  id,
  name: z.string(),
  type: z.enum(CHANNELS),
  provider: z.enum(PROVIDERS),
  sender: z.string(),
  isActive: z.boolean(),
  hasApiKey: z.boolean(),
  stoppedAt: time.nullable(),
  lastWebhookAt: time.nullable(),
});

const database = z.object({ version: z.string(), sizeBytes: count });

export const listConnections = defineOperation({
  tag,
  method: "GET",
  path: "/admin/test-connections",
  summary: "What POST would test: the database, and every sender with what is known of it",
  role: "admin",
  scope: "operations:read",
  response: {
    status: 200,
    description: "Nothing was asked of a provider",
    schema: z.object({ database, senders: z.array(connection) }).meta({ id: "Connections" }),
  },
});

export const testConnections = defineOperation({
  tag,
  method: "POST",
  path: "/admin/test-connections",
  summary: "Ask the database and every provider whether they answer; nothing is sent",
  role: "admin",
  scope: "operations:write",
  response: {
    status: 200,
    description: "What each said",
    schema: z
      .object({
        database: database.extend({ milliseconds: count }),
        senders: z.array(
          connection.extend({
            ok: z.boolean(),
            fault: z.string().nullable(),
            message: z.string().nullable(),
            milliseconds: count,
          }),
        ),
      })
      .meta({ id: "TestedConnections" }),
  },
});

export const getConfiguration = defineOperation({
  tag,
  method: "GET",
  path: "/admin/configuration",
  summary: "How the product is set up; secrets are masked",
  role: "admin",
  scope: "operations:read",
  response: {
    status: 200,
    description: "Environment, rules of the workspace, senders and jobs",
    schema: z
      .object({
        appUrl: z.string(),
        environment: z.array(
          z.object({
            name: z.string(),
            value: z.string().nullable().meta({ description: "null: not set; else mostly masked" }),
          }),
        ),
        workspace: z.object({
          name: z.string(),
          locale: z.string(),
          timeZone: z.string(),
          defaultCountry: z.string(),
          pausedSending: z.array(z.string()).meta({ description: "`all`, or channels" }),
          pacePerMinute: count.nullable(),
          maxAttempts: count,
          retryDelaySeconds: count,
          aggregationSeconds: count,
          demandsVerified: z.boolean(),
          workingHours: z.array(z.unknown()),
        }),
        senders: z.array(connection),
        jobs: z.array(z.object({ id: z.string(), periodSeconds: count })),
      })
      .meta({ id: "Configuration" }),
  },
});
