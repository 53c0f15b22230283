import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { auditLog, jobRuns } from "../../db/schema";
import { JOBS } from "../../lib/operations/jobs";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { getRuntime, setRuntime } from "../../lib/runtime";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { untilWaiting } from "../support/locks";
import { anAlert, prefer, raise } from "../support/notifications";
import { enqueueQueued } from "../support/outbox";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace);
  admin = await createClient(deps, workspace.workspaceId);
});

const dispatch = () => dispatchAccount(deps, { accountId: workspace.account.id });
const write = (body: string, sendAfter: Date | null = null) =>
  enqueueQueued(deps, {
    workspaceId: workspace.workspaceId,
    conversationId: person.id,
    body,
    sendAfter,
  });
const hoursOn = (hours: number) => new Date(deps.clock.now().getTime() + hours * 3_600_000);

describe("/admin/stats", () => {
  test("R312 R319 without any message there is no rate and no delay, rather than 0", async () => {
    const { body } = await admin.get("/admin/stats");
    expect(body.totals).toMatchObject({ total: 0, sent: 0, successRate: null });
    expect(body.delay).toEqual({ measured: 0, median: null, p95: null });
    expect(body).toMatchObject({ byChannel: [], byType: [], channelsOverTime: [] });
  });

  test("R214 R225 R312 counts, rate, split and delay of a known history", async () => {
    const of = { workspaceId: workspace.workspaceId, personId: person.personId };
    await prefer(deps, of, { aggregation: false, maxPerHour: null });
    // Yesterday: two alerts, three seconds late.
    await raise(deps, workspace.workspaceId, anAlert(person.personId), anAlert(person.personId));
    deps.clock.advance(3000);
    await dispatch();
    deps.clock.advance(86_400_000);
    // Today: a message that is refused, one that leaves after one second, one for later.
    deps.provider.answer = () => ({
      kind: "rejected",
      fault: "permanent",
      code: "21617",
      message: "too long",
      httpStatus: 400,
    });
    await write("refused");
    await dispatch();
    deps.provider.answer = (_request, n) => ({
      kind: "accepted",
      providerId: `SM${n.toString(16).padStart(32, "0")}`,
      segments: 1,
    });
    await write("one");
    deps.clock.advance(1000);
    await dispatch();
    await write("waits");
    await write("later", hoursOn(2));
    const receipts = await deps.sql`update messages set status = 'delivered'
      where workspace_id = ${workspace.workspaceId} and status = 'accepted' returning id`;
    expect(receipts).toHaveLength(3);

    const { body } = await admin.get("/admin/stats?period=7d");
    expect(body.totals).toMatchObject({ total: 6, sent: 3, delivered: 3, failed: 1, underway: 2 });
    expect(body.totals.successRate).toBe(0.75);
    expect(body.delay).toEqual({ measured: 3, median: 3, p95: 3 });
    expect(body.byType).toMatchObject([
      { key: "message", total: 4, sent: 1, failed: 1, successRate: 0.5 },
      { key: "security.anomaly", total: 2, sent: 2, failed: 0, successRate: 1 },
    ]);
    expect(body.channelsOverTime).toEqual([
      { at: "2026-11-20", key: "sms", sent: 2, failed: 0 },
      { at: "2026-11-21", key: "sms", sent: 1, failed: 1 },
    ]);
    expect(body.typesOverTime).toHaveLength(2);
    expect(body.backlog).toMatchObject({ waiting: 1, scheduled: 1, sending: 0, held: 0 });
    const day = await admin.get("/admin/stats?period=24h");
    expect(day.body).toMatchObject({ step: "hour", totals: { total: 4, successRate: 0.5 } });
    expect((await admin.get("/admin/stats?channel=email")).body.totals.total).toBe(0);
    const second = await createIntegration(deps, workspace);
    const other = await admin.get(`/admin/stats?integrationId=${second.id}`);
    expect(other.body).toMatchObject({ totals: { total: 0 }, backlog: { waiting: 0 } });
  });

  test("what the gates keep is told apart from what waits for a provider", async () => {
    const of = { workspaceId: workspace.workspaceId, personId: person.personId };
    const morning = { days: ["fri"], start: "08:00", end: "12:00" } as const;
    await prefer(deps, of, { quietHours: [morning] });
    await raise(deps, workspace.workspaceId, anAlert(person.personId));
    const { body } = await admin.get("/admin/stats");
    expect(body.backlog).toMatchObject({ held: 1, bundled: 0, waiting: 0 });
  });

  test("R229 only administrators read them, each of their own workspace", async () => {
    await write("mine");
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    for (const path of ["stats", "jobs", "test-connections", "configuration"]) {
      expect((await agent.get(`/admin/${path}`)).status).toBe(403);
    }
    const stranger = await createClient(deps, (await createWorkspace(deps)).workspaceId);
    expect((await stranger.get("/admin/stats")).body.totals.total).toBe(0);
  });
});

/** A run that was started, once it has ended. */
async function ended(job: string, body: { dryRun?: boolean }) {
  const started = await admin.post(`/admin/jobs/${job}/run`, body);
  expect(started.status).toBe(202);
  return untilEnded(job, started.body.runId);
}

function untilEnded(job: string, runId: string) {
  return vi.waitFor(async () => {
    const { body } = await admin.get(`/admin/jobs/${job}/runs/${runId}`);
    expect(body.status).not.toBe("running");
    return body;
  }, 20_000);
}

async function refuseUpdates(table: string) {
  await deps.sql.unsafe(`
    create function refuse_update() returns trigger language plpgsql as $$
    begin raise exception 'of Ada alone' using errcode = '23514'; end $$;
    create trigger refuse before update on ${table} for each row execute function refuse_update()`);
}

async function allowUpdates(table: string) {
  await deps.sql.unsafe(`drop trigger refuse on ${table}; drop function refuse_update()`);
}

describe("/admin/jobs", () => {
  beforeEach(async () => {
    await deps.sql`truncate workspaces cascade`;
    workspace = await createWorkspace(deps);
    person = await createConversation(deps, workspace);
    admin = await createClient(deps, workspace.workspaceId);
  });

  test("R213 R217 R218 one is run, tells what it did, and is listed with its last and next run", async () => {
    const run = await ended("unsnooze", {});
    expect(run).toMatchObject({ status: "succeeded", dryRun: false, error: null });
    const { body } = await admin.get("/admin/jobs");
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(JOBS.map(({ name }) => name));
    const job = body.data.find(({ id }: { id: string }) => id === "unsnooze");
    expect(job).toMatchObject({
      isLate: false,
      isRunning: false,
      lastRun: { status: "succeeded", result: run.result },
      lastSuccessAt: deps.clock.now().toISOString(),
      nextRunAt: "2026-11-20T09:01:00.000Z",
    });
    const [entry] = await deps.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.workspaceId, workspace.workspaceId), eq(auditLog.action, "job.run")));
    expect(entry).toMatchObject({ targetType: "job", targetId: "unsnooze" });
  });

  test("a dry run of every job tells what it would do, and changes nothing", async () => {
    const message = await write("waits");
    for (const { name } of JOBS) {
      const run = await ended(name, { dryRun: true });
      expect([name, run.status, run.dryRun]).toEqual([name, "succeeded", true]);
      expect(Object.keys(run.result).length).toBeGreaterThan(0);
    }
    const dispatched = await ended("dispatch", { dryRun: true });
    expect(dispatched.result.due).toBeGreaterThanOrEqual(1);
    expect(deps.provider.sent).toHaveLength(0);
    const detail = await admin.get(`/messages/${message.id}`);
    expect(detail.body.status).toBe("queued");
    const { body } = await admin.get("/admin/jobs");
    const prices = body.data.find(({ id }: { id: string }) => id === "prices");
    expect(prices).toMatchObject({ lastRun: null, lastSuccessAt: null });
  });

  test("is told at once, while it still works", async () => {
    const held = deps.sql.begin(async (tx) => {
      await tx`lock table conversations in access exclusive mode`;
      const started = await admin.post("/admin/jobs/unsnooze/run", {});
      expect(started).toMatchObject({
        status: 202,
        body: { status: "running", finishedAt: null, milliseconds: null, result: null },
      });
      await untilWaiting(deps, 1);
      const { body } = await admin.get(`/admin/jobs/unsnooze/runs/${started.body.runId}`);
      expect(body).toMatchObject({ runId: started.body.runId, status: "running" });
      return started.body.runId as string;
    });
    const run = await untilEnded("unsnooze", await held);
    expect(run).toMatchObject({ status: "succeeded", milliseconds: 0 });
    const elsewhere = await admin.get(`/admin/jobs/media/runs/${run.runId}`);
    expect(elsewhere.status).toBe(404);
  });

  test("of a server with several workspaces tells no administrator what is of others", async () => {
    await createWorkspace(deps);
    expect(await ended("unsnooze", {})).toMatchObject({ status: "succeeded", result: null });
    deps.clock.advance(1000);
    await deps.sql`update conversations set state = 'snoozed', snoozed_until = ${deps.clock.now()}`;
    await refuseUpdates("conversations");
    const failed = await ended("unsnooze", {});
    await allowUpdates("conversations");
    expect(failed).toMatchObject({ status: "failed", error: null, errorClass: "23514" });
    const { body } = await admin.get("/admin/jobs");
    const job = body.data.find(({ id }: { id: string }) => id === "unsnooze");
    expect(job.lastRun).toMatchObject({ result: null, error: null, errorClass: "23514" });
  });

  test("one that is under way is not run twice, and an unknown one is not there", async () => {
    const name = "job:media";
    await deps.sql`insert into leases (name, holder, locked_until)
      values (${name}, 'another', now() + interval '1 minute')`;
    const busy = await admin.post("/admin/jobs/media/run", {});
    expect(busy).toMatchObject({ status: 409, body: { code: "job_running" } });
    await deps.sql`delete from leases where name = ${name}`;
    expect((await admin.post("/admin/jobs/nothing/run", {})).status).toBe(404);
    expect(await deps.db.$count(jobRuns, eq(jobRuns.job, "nothing"))).toBe(0);
  });
});

describe("/admin/test-connections and /admin/configuration", () => {
  test("R215 every sender and the database are asked, and what each said is told", async () => {
    const known = await admin.get("/admin/test-connections");
    expect(known.body.senders).toMatchObject([{ id: workspace.integration.id, hasApiKey: true }]);
    expect(known.body.database.sizeBytes).toBeGreaterThan(0);
    const fine = await admin.post("/admin/test-connections", undefined);
    expect(fine.body.senders).toMatchObject([{ ok: true, fault: null, message: null }]);
    deps.provider.connection = { ok: false, fault: "credentials", message: "Authenticate" };
    const bad = await admin.post("/admin/test-connections", undefined);
    expect(bad.body.senders).toMatchObject([
      { ok: false, fault: "credentials", message: "Authenticate" },
    ]);
    expect(deps.provider.sent).toHaveLength(0);
  });

  test("R216 the configuration is told whole, with every secret masked", async () => {
    const secret = "a-very-secret-value";
    const env = {
      ...getRuntime().env,
      TWILIO_AUTH_TOKEN: secret,
      DATABASE_URL: `postgres://u:${secret}@db/x`,
      SMTP_HOST: "mail.internal.example.org",
      PORT: 31_337,
      SMS_PROVIDER: "console" as const,
    };
    setRuntime({ ...getRuntime(), env });
    const { body } = await admin.get("/admin/configuration");
    const shown = (name: string) =>
      body.environment.find((one: { name: string }) => one.name === name)?.value;
    expect(shown("TWILIO_AUTH_TOKEN")).toBe("••••••");
    expect(shown("SMTP_PASSWORD")).toBeNull();
    expect(shown("SMTP_HOST")).toBe("••••••");
    expect(shown("SMS_PROVIDER")).toBe("console");
    expect(body.workspace).toMatchObject({ timeZone: "Europe/Paris", maxAttempts: 3 });
    expect(body.senders).toHaveLength(1);
    const text = JSON.stringify(body);
    for (const hidden of [secret, "mail.internal", "31337"]) expect(text).not.toContain(hidden);
    expect(text).not.toContain(workspace.account.token);
  });
});
