import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { migrateDatabase } from "../../db/migrate";
import { startPostgres } from "../../lib/embedded/postgres/start-postgres";
import { createCipher } from "../../lib/providers/cipher";
import { createLog } from "../../lib/providers/log";

type Round = { rps: number; p50: number; p99: number; refused: number };
type Contender = { name: "carillon" | "bare"; port: number; rounds: Round[] };

const ROUNDS = 5;
const REQUESTS = 8000;
const ACCOUNT = { sid: `AC${"b".repeat(32)}`, token: "bench-token", sender: "+33199000001" };
const APP_URL = "http://127.0.0.1";
const BUILD = ".next/launcher/serve.mjs";

/**
 * Signed webhooks made durable, per second, at 50 connections, 10,000 contacts, 5 % duplicates:
 * the app against a bare `node:http` server that checks the signature and runs the same statement.
 * Server and load are processes of their own, rounds are interleaved, medians are compared.
 * `BENCH_DATABASE_URL` names a PostgreSQL server to use instead of the embedded one.
 */
export async function bench(): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "carillon-bench-"));
  const log = createLog({ level: "error", isPretty: false });
  const server = process.env.BENCH_DATABASE_URL
    ? { url: process.env.BENCH_DATABASE_URL, stop: async () => undefined }
    : await startPostgres({ folder: join(folder, "postgres"), log });
  const children: ChildProcess[] = [];
  const databases: string[] = [];
  try {
    const contenders: Contender[] = [
      { name: "carillon", port: 3182, rounds: [] },
      { name: "bare", port: 3183, rounds: [] },
    ];
    for (const contender of contenders) {
      const database = await makeDatabase(server.url);
      databases.push(database.name);
      children.push(startServer(contender, { url: database.url, key: database.key, folder }));
      await untilReady(contender.port);
    }
    await measure(contenders);
    return report(contenders);
  } finally {
    await Promise.all(children.map(stop));
    await dropDatabases(server.url, databases);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The first round of each warms it up and is not counted. */
async function measure(contenders: readonly Contender[]) {
  for (let round = 0; round <= ROUNDS; round++) {
    for (const contender of contenders) {
      const result = await runLoad(contender.port, round);
      console.error(`${contender.name} round ${round}: ${JSON.stringify(result)}`);
      if (result.refused > 0) throw new Error(`${contender.name} refused ${result.refused} posts`);
      if (round > 0) contender.rounds.push(result);
    }
  }
}

function report(contenders: readonly Contender[]) {
  const [carillon, bare] = contenders.map(({ rounds }) => ({
    rps: Math.round(median(rounds.map(({ rps }) => rps))),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
  }));
  const ratio = Number(((carillon?.rps ?? 0) / (bare?.rps ?? 1)).toFixed(2));
  const through = existsSync(BUILD) ? "production build" : "door without the launcher";
  return { bench: "inbound", ratio, through, carillon, bare };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function makeDatabase(adminUrl: string) {
  const name = `carillon_bench_${randomBytes(4).toString("hex")}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name}`);
  await admin.end();
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
  await migrateDatabase(url);
  const key = randomBytes(32).toString("hex");
  await seed(url, createCipher([key]).seal(ACCOUNT.token));
  return { name, url, key };
}

async function seed(url: string, tokenSealed: string) {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const [workspace, account] = [randomUUID(), randomUUID()];
  await sql`insert into workspaces (id, slug, name, created_at)
    values (${workspace}, 'bench', 'Bench', now())`;
  await sql`insert into accounts (id, workspace_id, provider, sid, token_sealed, created_at, updated_at)
    values (${account}, ${workspace}, 'twilio', ${ACCOUNT.sid}, ${tokenSealed}, now(), now())`;
  await sql`insert into integrations
    (id, workspace_id, account_id, account_sid, name, type, sender, created_at, updated_at)
    values (${randomUUID()}, ${workspace}, ${account}, ${ACCOUNT.sid}, 'Bench', 'sms',
      ${ACCOUNT.sender}, now(), now())`;
  await sql.end();
}

async function dropDatabases(adminUrl: string, names: readonly string[]) {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  for (const name of names) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
}

function startServer(
  { name, port }: Contender,
  database: { url: string; key: string; folder: string },
): ChildProcess {
  const own = ["--import", "tsx", `scripts/bench/${name === "bare" ? "bare" : "door"}-inbound.ts`];
  const args = name === "carillon" && existsSync(BUILD) ? [BUILD] : own;
  return spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      APP_URL,
      DATA_DIR: join(database.folder, name),
      DATABASE_URL: database.url,
      AUTH_SECRET: "bench-secret-of-forty-characters-or-more",
      ENCRYPTION_KEY: database.key,
      LOG_LEVEL: "info",
      DEMO: "false",
    },
  });
}

async function untilReady(port: number) {
  for (let attempt = 0; attempt < 300; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/webhooks/twilio`, {
      method: "POST",
    }).catch(() => null);
    if (answer && answer.status !== 503) return;
    await sleep(100);
  }
  throw new Error(`nothing answers on port ${port}`);
}

async function runLoad(port: number, round: number): Promise<Round> {
  const load = spawn(process.execPath, ["--import", "tsx", "scripts/bench/inbound-load.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      LOAD: JSON.stringify({ port, round, requests: REQUESTS, appUrl: APP_URL, ...ACCOUNT }),
    },
  });
  let output = "";
  for await (const chunk of load.stdout) output += chunk;
  return JSON.parse(output) as Round;
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
}
