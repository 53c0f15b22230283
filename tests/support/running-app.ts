import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { type DatabaseClients, openDatabase } from "../../db/client";
import { migrateDatabase } from "../../db/migrate";
import { systemClock } from "../../lib/providers/clock";
import { testDeps } from "./deps";
import { close, listen, originOf } from "./engine";
import { databaseUrl, startThrowAwayPostgres } from "./postgres";

const BUNDLE = resolve(".next/launcher/serve.mjs");

/** A whole app of one's own: the production build where there is one, on a database made for it. */
export async function startRunningApp(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "carillon-app-"));
  const given = process.env.TEST_DATABASE_URL;
  const server = given
    ? { url: given, close: async () => undefined }
    : await startThrowAwayPostgres(join(folder, "postgres"));
  const url = databaseUrl(server.url, `carillon_app_${process.pid}`);
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
  const name = new URL(url).pathname.slice(1);
  await admin.unsafe(`create database ${name}`);
  await migrateDatabase(url);
  const clients = openDatabase(url, { poolSize: 4 });
  const authSecret = "a secret of the tests, long enough to sign with";
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { child, output } = launch({
    ...env,
    PORT: String(port),
    DATA_DIR: join(folder, "data"),
    DATABASE_URL: url,
    AUTH_SECRET: authSecret,
    ENCRYPTION_KEY: "00".repeat(32),
    INNGEST_DEV: "",
  });
  await answers(`${origin}/openapi.json`, child, output);
  return {
    origin,
    authSecret,
    isProduction: existsSync(BUNDLE),
    deps: { ...testDeps(clients), clock: systemClock } as unknown as ReturnType<typeof testDeps>,
    stop: async () => {
      await end(child);
      await closeDatabase(clients, admin, name);
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function launch(env: Record<string, string>) {
  const [command, ...args] = existsSync(BUNDLE)
    ? ["node", BUNDLE]
    : ["npx", "tsx", "scripts/serve.ts", "--dev"];
  const child = spawn(command ?? "node", args, {
    env: { ...process.env, TZ: "Pacific/Chatham", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: npx, tsx and the app end together.
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  }
  return { child, output };
}

/** Asks until the app answers; tells what it said when it ended instead. */
async function answers(url: string, child: ChildProcess, output: readonly string[]) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the app ended: ${output.join("")}`);
    const response = await fetch(url).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function end(child: ChildProcess) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.pid) {
    process.kill(-child.pid, "SIGTERM");
    await ended;
  }
}

async function closeDatabase(clients: DatabaseClients, admin: postgres.Sql, name: string) {
  await clients.close();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
}

async function freePort() {
  const server = createServer();
  await listen(server, 0);
  const port = Number(new URL(originOf(server)).port);
  await close(server);
  return port;
}
