import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { freePort, launchApp } from "./app-process";
import { databaseUrl } from "./postgres";

/** One maker at a time; the others wait for it and find the database done. */
const MAKING_LOCK = 7_220_499;

/** What the apps of one run share, so that each can open what another one sealed. */
export const SECRETS = {
  AUTH_SECRET: "a secret of the tests, long enough to sign with",
  ENCRYPTION_KEY: "00".repeat(32),
};

/** Of this run of Playwright (tests/support/shared-postgres.ts), on the server that all its files share. */
export function demoTemplateName(run = process.env.TEST_RUN) {
  if (!run) throw new Error("no run that the demo's database is made for");
  return `carillon_demo_${run}`;
}

/**
 * The database that an app with DEMO=true leaves after its first start, to be cloned: living the demo's
 * past takes longer than most stories. Made by the app itself, for the first file that asks. Nobody is
 * connected to it.
 *
 * @param admin a connection of one's own, for the lock is the session's.
 * @returns its name.
 */
export async function makeDemoTemplate(admin: postgres.Sql, serverUrl: string): Promise<string> {
  const name = demoTemplateName();
  await admin`select pg_advisory_lock(${MAKING_LOCK})`;
  try {
    const [made] = await admin`select 1 from pg_database where datname = ${name}`;
    if (!made) await make(admin, serverUrl, name);
    return name;
  } finally {
    await admin`select pg_advisory_unlock(${MAKING_LOCK})`;
  }
}

/** Under another name until it is whole. */
async function make(admin: postgres.Sql, serverUrl: string, name: string) {
  const unfinished = `${name}_unfinished`;
  await admin.unsafe(`drop database if exists ${unfinished} with (force)`);
  await admin.unsafe(`create database ${unfinished}`);
  await startOnce(databaseUrl(serverUrl, unfinished));
  await admin.unsafe(`alter database ${unfinished} rename to ${name}`);
}

async function startOnce(url: string) {
  const folder = await mkdtemp(join(tmpdir(), "carillon-demo-"));
  const port = String(await freePort());
  const variables = { DEMO: "true", PORT: port, DATA_DIR: folder, DATABASE_URL: url };
  const app = launchApp({ ...variables, ...SECRETS, INNGEST_DEV: "" });
  try {
    await app.answers();
  } finally {
    await app.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** At the end of the run; nothing is left on a server that is not the run's own. */
export async function dropDemoTemplate(serverUrl: string, run: string) {
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  const name = demoTemplateName(run);
  for (const one of [name, `${name}_unfinished`]) {
    await admin.unsafe(`drop database if exists ${one} with (force)`);
  }
  await admin.end();
}
