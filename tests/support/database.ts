import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { type DatabaseClients, openDatabase } from "../../db/client";
import { databaseUrl } from "./postgres";

/** A database of this test file's own, cloned from the template. Call once at the top of the file. */
export function openTestDatabase(): DatabaseClients & { url: string } {
  const name = `carillon_test_${randomBytes(6).toString("hex")}`;
  const url = databaseUrl(inject("adminUrl"), name);
  // The same tests through a transaction pooler, where one is named.
  const pooler = process.env.TEST_POOLER_URL;
  // Long, since a loaded machine opens connections slowly: a database that is gone is a test of its own.
  const options = { poolSize: 8, connectTimeout: 30, prepare: !pooler };
  const clients = openDatabase(pooler ? databaseUrl(pooler, name) : url, options);
  const admin = postgres(inject("adminUrl"), { max: 1, onnotice: () => undefined });
  beforeAll(async () => {
    await admin.unsafe(`create database ${name} template ${inject("templateName")}`);
  });
  afterAll(async () => {
    await clients.close();
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
  });
  return { ...clients, url };
}
