import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { type DatabaseClients, openDatabase } from "../../db/client";
import { migrateDatabase } from "../../db/migrate";
import { systemClock } from "../../lib/providers/clock";
import { freePort, isProductionBuild, launchApp } from "./app-process";
import { makeDemoTemplate, SECRETS } from "./demo-database";
import { testDeps } from "./deps";
import { databaseUrl } from "./postgres";

type Options = {
  /** Where its database is made; closed with the app. Left out: the one that all tests share. */
  server?: { url: string; close: () => Promise<void> };
  /** Of the launcher, such as `--time-scale`. */
  flags?: readonly string[];
};

/** A whole app of one's own: the production build where there is one, on a database made for it. */
export async function startRunningApp(env: Record<string, string> = {}, options: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "carillon-app-"));
  const server = options.server ?? sharedServer();
  const url = databaseUrl(server.url, `carillon_app_${process.pid}`);
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
  const name = new URL(url).pathname.slice(1);
  const isWarm = !options.server && env.DEMO === "true" && !hasClockOfItsOwn(options);
  const template = isWarm ? `template ${await makeDemoTemplate(admin, server.url)}` : "";
  await admin.unsafe(`create database ${name} ${template}`);
  await migrateDatabase(url);
  const clients = openDatabase(url, { poolSize: 4 });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const variables = {
    ...env,
    PORT: String(port),
    DATA_DIR: join(folder, "data"),
    DATABASE_URL: url,
    ...SECRETS,
    INNGEST_DEV: "",
  };
  let app = launchApp(variables, options.flags);
  await app.answers();
  return {
    origin,
    get process() {
      return app;
    },
    /** Ends it and starts it again on the same data. */
    restart: async (flags: readonly string[] = []) => {
      await app.end();
      app = launchApp(variables, flags);
      await app.answers();
    },
    authSecret: SECRETS.AUTH_SECRET,
    databaseUrl: url,
    isProduction: isProductionBuild,
    /** Everything it has said so far. */
    said: () => app.said(),
    deps: { ...testDeps(clients), clock: systemClock } as unknown as ReturnType<typeof testDeps>,
    stop: async () => {
      await app.end();
      await closeDatabase(clients, admin, name);
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Its demo has a past of its own, which ends when that clock begins. */
function hasClockOfItsOwn({ flags = [] }: Options) {
  return flags.includes("--test-clock");
}

/** The one of tests/support/shared-postgres.ts. */
function sharedServer() {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error("no server for the databases of the tests");
  return { url, close: async () => undefined };
}

async function closeDatabase(clients: DatabaseClients, admin: postgres.Sql, name: string) {
  await clients.close();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
}
