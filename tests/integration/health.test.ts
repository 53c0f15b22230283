import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { GET } from "../../app/api/health/route";
import { openDatabase } from "../../db/client";
import { checkHealth } from "../../lib/operations/check-health";
import { JOBS } from "../../lib/operations/jobs";
import { runJob } from "../../lib/operations/run-job";
import { installRuntime } from "../support/api";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";

const database = openTestDatabase();
const clean: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of clean) await end();
});

const UNAVAILABLE = {
  status: "unavailable",
  checks: {
    database: { status: "unavailable" },
    jobs: { status: "unknown", late: [] },
    sending: null,
  },
};

async function ask(over: Partial<TestDeps> = {}, deps = { ...testDeps(database), ...over }) {
  installRuntime(deps);
  const response = await GET();
  return { response, health: await response.json(), deps };
}

/** A port on which something accepts connections and never says a word, as a frozen server does. */
async function silentPort(): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket)).listen(0, "127.0.0.1");
  clean.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise((done) => server.once("listening", done));
  return (server.address() as AddressInfo).port;
}

describe("GET /api/health", () => {
  it("answers 200 to everybody while the database answers and no job is late", async () => {
    const { response, health } = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(health).toEqual({
      status: "ok",
      checks: {
        database: { status: "ok" },
        jobs: { status: "ok", late: [] },
        sending: { unconfirmed: 0, doubtful: 0, stopped: 0, paused: 0 },
      },
    });
  });

  it("answers 503 when nothing listens where the database was, and when it never answers", async () => {
    for (const port of [1, await silentPort()]) {
      const gone = openDatabase(`postgres://x:x@127.0.0.1:${port}/x`);
      clean.push(gone.close);
      const { response, health, deps } = await ask({ db: gone.db, sql: gone.sql });
      expect(response.status).toBe(503);
      expect(health).toEqual(UNAVAILABLE);
      expect(deps.lines).toEqual([]);
    }
  });

  it("a database that hangs is asked by one look, however many ask", async () => {
    const deps = testDeps(database);
    const statuses = await deps.db.transaction(async (tx) => {
      await tx.execute("lock table job_runs in access exclusive mode");
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask({}, deps)));
      const [row] = await tx.execute<{ count: number }>(
        "select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      expect(row?.count).toBe(1);
      return answers.map(({ response }) => response.status);
    });
    expect(new Set(statuses)).toEqual(new Set([503]));
  });

  it("a database without our tables is no database of ours, and the log says why", async () => {
    const { pathname } = new URL(database.url);
    const bare = openDatabase(database.url.replace(pathname, "/postgres"));
    clean.push(bare.close);
    const { response, health, deps } = await ask({ db: bare.db, sql: bare.sql });
    expect(response.status).toBe(503);
    expect(health).toEqual(UNAVAILABLE);
    expect(deps.lines).toMatchObject([{ level: "error" }]);
  });
});

describe("late jobs", () => {
  it("are named and do not stop the app from serving; a run that succeeds clears them", async () => {
    const deps = testDeps(database);
    const since = deps.clock.now();
    deps.clock.advance(181_000);
    expect(await checkHealth(deps, { since })).toEqual({
      status: "degraded",
      checks: {
        database: { status: "ok" },
        jobs: {
          status: "late",
          late: [
            "dispatch",
            "reconcile",
            "media",
            "unsnooze",
            "digests",
            "reminders",
            "roll-ups",
            "webhooks",
          ],
        },
        sending: { unconfirmed: 0, doubtful: 0, stopped: 0, paused: 0 },
      },
    });
    for (const job of JOBS) await runJob(deps, { job });
    expect(await checkHealth(deps, { since })).toMatchObject({ status: "ok" });
  });

  it("are not told of in the first three periods after a start", async () => {
    const deps = testDeps(database);
    deps.clock.advance(365 * 86_400_000);
    expect(await checkHealth(deps, { since: deps.clock.now() })).toMatchObject({ status: "ok" });
    expect(await checkHealth(deps, { since: new Date(0) })).toMatchObject({ status: "degraded" });
  });
});
