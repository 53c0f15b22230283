import { realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "../../db/migrate";
import { startPostgres } from "../../lib/embedded/postgres/start-postgres";
import { createLog } from "../../lib/providers/log";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which databases may be made, and the migrated one to clone. */
    adminUrl: string;
    templateName: string;
  }
}

/**
 * Makes one migrated template database; each test file clones it (tests/support/database.ts).
 * The server is the one of TEST_DATABASE_URL, else a throw-away embedded one.
 */
export default async function setup(project: TestProject) {
  const server = await openServer();
  const templateName = `carillon_template_${process.pid}`;
  const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${templateName}`);
  await migrateDatabase(databaseUrl(server.url, templateName));
  project.provide("adminUrl", server.url);
  project.provide("templateName", templateName);
  return async () => {
    await admin.unsafe(`drop database if exists ${templateName} with (force)`);
    await admin.end();
    await server.close();
  };
}

async function openServer() {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, close: async () => undefined };
  return startThrowAwayPostgres(join(tmpdir(), `carillon-test-${process.pid}`));
}

/** An embedded server whose folder goes with it. */
export async function startThrowAwayPostgres(folder: string) {
  const log = createLog({ level: "error", isPretty: false });
  await rm(folder, { recursive: true, force: true });
  const server = await startPostgres({ folder: join(folder, "postgres"), log, isDurable: false });
  // Where root's folder is closed to others, the data lies elsewhere behind a link.
  const data = await realpath(join(folder, "postgres"));
  return {
    url: server.url,
    close: async () => {
      await server.stop();
      await rm(data, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function databaseUrl(adminUrl: string, name: string) {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
