import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { findJobRuns } from "../../db/queries/system/jobs";
import { blobs, idempotencyKeys, jobRuns, leases, media, sessions } from "../../db/schema";
import { findDueJobs, findLateJobs } from "../../lib/operations/find-due-jobs";
import { keepHouse } from "../../lib/operations/keep-house";
import { type JobDefinition, runJob } from "../../lib/operations/run-job";
import { createJobs, type DoorbellEvent } from "../../lib/providers/jobs";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { recordingLog, signal } from "../support/engine";
import { createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const DAY = 86_400_000;

let count = 0;
/** A job of its own per test, so that leases do not meet. */
function jobThat(run: JobDefinition["run"], periodSeconds = 0): JobDefinition {
  return { name: `test-${++count}`, periodSeconds, run };
}

describe("job runs are leased rows", () => {
  test("a run leaves its result in its row and gives the lease back", async () => {
    const deps = testDeps(database);
    const job = jobThat(async () => ({ swept: 3 }));
    const outcome = await runJob(deps, { job });
    expect(outcome).toMatchObject({ kind: "succeeded", result: { swept: 3 } });
    expect(await findJobRuns(deps.db, job.name, 5)).toMatchObject([
      { status: "succeeded", result: { swept: 3 }, isDryRun: false, error: null },
    ]);
    expect(await runJob(deps, { job })).toMatchObject({ kind: "succeeded" });
  });

  test("while one process runs a job, another one is told that it is busy", async () => {
    const deps = testDeps(database);
    const started = signal();
    const finish = signal();
    const job = jobThat(async () => {
      started.resolve();
      await finish.promise;
      return {};
    });
    const first = runJob(deps, { job });
    await started.promise;
    expect(await runJob(deps, { job })).toEqual({ kind: "busy" });
    finish.resolve();
    expect(await first).toMatchObject({ kind: "succeeded" });
  });

  test("twenty processes at the same moment: one runs", async () => {
    const deps = testDeps(database);
    const finish = signal();
    let runs = 0;
    const job = jobThat(async () => {
      runs++;
      await finish.promise;
      return {};
    });
    let busy = 0;
    const all = Array.from({ length: 20 }, async () => {
      const outcome = await runJob(deps, { job });
      // The one that runs is let go when the other nineteen have been turned away.
      if (outcome.kind === "busy" && ++busy === 19) finish.resolve();
    });
    await Promise.all(all);
    expect(runs).toBe(1);
  });

  test("a run whose process died is taken over when its lease runs out, and closed as failed", async () => {
    const deps = testDeps(database);
    const job = jobThat(async () => ({}));
    const dead = deps.chance.uuid();
    const past = sql`now() - interval '1 second'`;
    await deps.db
      .insert(leases)
      .values({ name: `job:${job.name}`, holder: dead, lockedUntil: past });
    await deps.db.insert(jobRuns).values({
      id: dead,
      job: job.name,
      status: "running",
      holder: dead,
      startedAt: deps.clock.now(),
      heartbeatAt: past,
      lockedUntil: past,
    });
    deps.clock.advance(60_000);
    expect(await runJob(deps, { job })).toMatchObject({ kind: "succeeded" });
    const [row] = await deps.db.select().from(jobRuns).where(eq(jobRuns.id, dead));
    expect(row).toMatchObject({ status: "failed", error: "the lease ran out" });
  });

  test("a run that lost its lease is told, and does not touch the new holder's", async () => {
    const deps = testDeps(database);
    const lost = signal();
    const job = jobThat(async (_deps, { signal: abort }) => {
      abort.addEventListener("abort", () => lost.resolve());
      await deps.db
        .update(leases)
        .set({ holder: "another" })
        .where(eq(leases.name, `job:${job.name}`));
      await lost.promise;
      return {};
    });
    await runJob(deps, { job, leaseSeconds: 0.15 });
    const [lease] = await deps.db
      .select()
      .from(leases)
      .where(eq(leases.name, `job:${job.name}`));
    expect(lease?.holder).toBe("another");
  });

  test("the heartbeat keeps a long run's lease", async () => {
    const deps = testDeps(database);
    const job = jobThat(async () => {
      const before = await lockedUntil(job.name);
      for (;;) {
        const now = await lockedUntil(job.name);
        if (now > before) return {};
      }
    });
    async function lockedUntil(name: string) {
      const rows = await deps.db
        .select()
        .from(leases)
        .where(eq(leases.name, `job:${name}`));
      return rows[0]?.lockedUntil.getTime() ?? 0;
    }
    expect(await runJob(deps, { job, leaseSeconds: 0.3 })).toMatchObject({ kind: "succeeded" });
  });

  test("a job that throws leaves its error, frees its lease and is logged", async () => {
    const deps = testDeps(database);
    const job = jobThat(async () => {
      throw new Error("no luck");
    });
    expect(await runJob(deps, { job })).toMatchObject({ kind: "failed", error: "no luck" });
    expect(await runJob(deps, { job })).toMatchObject({ kind: "failed" });
    expect(deps.lines.filter((line) => line.level === "error")).toHaveLength(2);
  });

  test("a dry run needs no lease and does not count as a success", async () => {
    const deps = testDeps(database);
    const finish = signal();
    const started = signal();
    const job = jobThat(async (_deps, { isDryRun }) => {
      if (isDryRun) return { would: 1 };
      started.resolve();
      await finish.promise;
      return {};
    }, 600);
    const real = runJob(deps, { job });
    await started.promise;
    expect(await runJob(deps, { job, isDryRun: true })).toMatchObject({ result: { would: 1 } });
    expect(await findDueJobs(deps, [job])).toEqual([job.name]);
    finish.resolve();
    await real;
    expect(await findDueJobs(deps, [job])).toEqual([]);
  });

  test("a job is due when its period has passed since its last success, late after three", async () => {
    const deps = testDeps(database);
    const hourly = jobThat(async () => ({}), 3600);
    const always = jobThat(async () => ({}));
    const both = [hourly, always];
    const long = new Date(0);
    expect(await findDueJobs(deps, both)).toEqual([hourly.name, always.name]);
    for (const job of both) await runJob(deps, { job });
    expect(await findDueJobs(deps, both)).toEqual([always.name]);
    expect(await findLateJobs(deps, both, long)).toEqual([]);
    deps.clock.advance(3_600_000);
    expect(await findDueJobs(deps, both)).toEqual([hourly.name, always.name]);
    expect(await findLateJobs(deps, both, long)).toEqual([always.name]);
    deps.clock.advance(3 * 3_600_000);
    expect(await findLateJobs(deps, both, long)).toEqual([hourly.name, always.name]);
  });
});

describe("housekeeping", () => {
  test("what has served its time goes, the rest stays; a dry run only counts", async () => {
    const deps = testDeps(database);
    const { workspaceId } = await createWorkspace(deps);
    const user = await createUser(deps, workspaceId, "agent");
    const now = deps.clock.now();
    const ago = (ms: number) => new Date(now.getTime() - ms);
    for (const [key, age] of [
      ["old", DAY + 1000],
      ["new", DAY - 1000],
    ] as const) {
      await deps.db.insert(idempotencyKeys).values({
        workspaceId,
        route: "r",
        key,
        payloadHash: "h",
        createdAt: ago(age),
        lockedUntil: now,
      });
      await deps.db.insert(sessions).values({
        id: deps.chance.uuid(),
        userId: user.id,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: ago(age),
      });
      const blobId = deps.chance.uuid();
      await deps.db.insert(blobs).values({
        id: blobId,
        workspaceId,
        bytes: Buffer.from(key),
        size: 3,
        contentType: "text/plain",
        sha256: key,
        createdAt: now,
      });
      await deps.db.insert(media).values({
        id: deps.chance.uuid(),
        workspaceId,
        direction: "out",
        status: "stored",
        blobId,
        createdAt: ago(age),
      });
    }
    const expected = { idempotencyKeys: 1, sessions: 1, uploads: 1 };
    expect(await keepHouse(deps, { isDryRun: true })).toMatchObject(expected);
    expect(await keepHouse(deps, { isDryRun: false })).toMatchObject(expected);
    expect(await keepHouse(deps, { isDryRun: false })).toMatchObject({ uploads: 0, sessions: 0 });
    const kept = await deps.db.select({ key: idempotencyKeys.key }).from(idempotencyKeys);
    expect(kept).toEqual([{ key: "new" }]);
    expect(await deps.db.$count(blobs)).toBe(1);
  });
});

describe("ringing", () => {
  const at = new Date("2026-11-20T09:00:00.000Z");
  const bell = { kind: "dispatch", accountId: "a", at } as const;

  test("bells leave as events with their time; the same one twice leaves once", async () => {
    const sent: DoorbellEvent[][] = [];
    const jobs = createJobs({ send: async (events) => sent.push(events), log: recordingLog() });
    await jobs.ring([bell, bell, { kind: "media", at }]);
    await jobs.ring([]);
    expect(sent).toEqual([
      [
        { name: "outbound/due", data: { accountId: "a" }, ts: at.getTime() },
        { name: "media/due", data: {}, ts: at.getTime() },
      ],
    ]);
  });

  test("bells of many runs for one far moment share an id, so that the engine keeps one; near ones do not", async () => {
    const sent: DoorbellEvent[] = [];
    const jobs = createJobs({
      send: async (events) => sent.push(...events),
      log: recordingLog(),
      now: () => at.getTime() - 5000,
    });
    const far = { ...bell, at: new Date(at.getTime() + 1) };
    for (const one of [far, far, bell, { ...far, accountId: "b" }]) await jobs.ring([one]);
    expect(sent.map((event) => event.id)).toEqual([
      `dispatch-a-${far.at.getTime()}`,
      `dispatch-a-${far.at.getTime()}`,
      undefined,
      `dispatch-b-${far.at.getTime()}`,
    ]);
  });

  test("bells for webhooks start one run a quarter of a second, at its end, so that none is missed", async () => {
    const sent: DoorbellEvent[] = [];
    const jobs = createJobs({
      send: async (events) => sent.push(...events),
      log: recordingLog(),
      now: () => at.getTime() + 10,
    });
    const later = new Date(at.getTime() + 5001);
    for (const due of [new Date(0), at, later]) await jobs.ring([{ kind: "webhooks", at: due }]);
    const run = (ms: number) => {
      const ts = at.getTime() + ms;
      return { id: `webhooks-${ts}`, name: "webhooks/due", data: {}, ts };
    };
    expect(sent).toEqual([run(250), run(250), run(5250)]);
  });

  test("bells rung during a send leave together in the next one", async () => {
    const first = signal();
    const sent: number[] = [];
    const jobs = createJobs({
      send: async (events) => {
        sent.push(events.length);
        if (sent.length === 1) await first.promise;
      },
      log: recordingLog(),
    });
    const rings = ["a", "b", "c"].map((accountId) => jobs.ring([{ ...bell, accountId }]));
    first.resolve();
    await Promise.all(rings);
    expect(sent).toEqual([1, 2]);
  });

  test("an engine that refuses never makes the ringer fail", async () => {
    const log = recordingLog();
    const jobs = createJobs({ send: () => Promise.reject(new Error("down")), log });
    await jobs.ring([bell]);
    await jobs.ring([bell]);
    expect(log.lines.map((line) => line.fields.error)).toEqual(["down", "down"]);
  });
});
