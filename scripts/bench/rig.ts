import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { migrateDatabase } from "../../db/migrate";
import { startPostgres } from "../../lib/embedded/postgres/start-postgres";
import { createLog } from "../../lib/providers/log";

/** What a benchmark stands on; all of it is taken away at its end. */
export type Rig = {
  folder: string;
  /** Rounds that count; one more before them warms up. */
  rounds: number;
  /** Makes a migrated database and returns its URL. */
  makeDatabase: () => Promise<string>;
  /** A client of this process, for filling databases and looking into them. */
  connect: (databaseUrl: string) => postgres.Sql;
  /** What the process behind an origin holds in memory. Megabytes. */
  residentMb: (origin: string) => Promise<number>;
  /** What it has used of processors since it began. Seconds. */
  cpuSeconds: (origin: string) => Promise<number>;
  /** Starts a Node process that listens on a port, and waits until it answers; returns its origin. */
  serve: (server: (port: string) => Program) => Promise<string>;
};

export type Program = { args: readonly string[]; env?: Record<string, string> };

/**
 * Gives `work` a rig of its own. `BENCH_DATABASE_URL` names a PostgreSQL server to use instead of the
 * embedded one, `BENCH_PORT` the port below the first taken, `BENCH_ROUNDS` how many rounds count.
 */
export async function withRig<T>(work: (rig: Rig) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "carillon-bench-"));
  const server = await openServer(folder);
  const children: ChildProcess[] = [];
  const byOrigin = new Map<string, ChildProcess>();
  const clients: postgres.Sql[] = [];
  const databases: string[] = [];
  let port = Number(process.env.BENCH_PORT ?? 3180);
  try {
    return await work({
      folder,
      rounds: Number(process.env.BENCH_ROUNDS ?? 5),
      makeDatabase: async () => {
        const name = `carillon_bench_${randomBytes(4).toString("hex")}`;
        databases.push(name);
        return createDatabase(server.url, name);
      },
      connect: (url) => {
        const client = postgres(url, { max: 1, onnotice: () => undefined });
        clients.push(client);
        return client;
      },
      serve: async (server) => {
        port += 1;
        const origin = `http://127.0.0.1:${port}`;
        const child = startProcess(server(String(port)));
        children.push(child);
        byOrigin.set(origin, child);
        await untilAnswers(`${origin}/api/webhooks/twilio`);
        return origin;
      },
      residentMb: (origin) => readResidentMb(byOrigin.get(origin)?.pid),
      cpuSeconds: (origin) => readCpuSeconds(byOrigin.get(origin)?.pid),
    });
  } finally {
    await Promise.all(children.map(stopProcess));
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
    await dropDatabases(server.url, databases);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openServer(folder: string) {
  const url = process.env.BENCH_DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  const log = createLog({ level: "error", isPretty: false, destination: process.stderr });
  return startPostgres({ folder: join(folder, "postgres"), log });
}

async function createDatabase(adminUrl: string, name: string): Promise<string> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
  await migrateDatabase(url);
  return url;
}

async function dropDatabases(adminUrl: string, names: readonly string[]) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  for (const name of names) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
}

function startProcess({ args, env }: Program): ChildProcess {
  return spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1", ...env },
  });
}

/** Linux alone says so without help. */
async function readResidentMb(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Linux counts in hundredths; user and system time are the 14th and 15th field, the name may hold blanks. */
async function readCpuSeconds(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function stopProcess(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
}

async function untilAnswers(url: string) {
  for (let attempt = 0; attempt < 600; attempt++) {
    const answer = await fetch(url, { method: "POST" }).catch(() => null);
    if (answer && answer.status !== 503) return;
    await sleep(100);
  }
  throw new Error(`nothing answers at ${url}`);
}
