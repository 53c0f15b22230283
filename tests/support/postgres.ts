import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "../../db/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** A server on which databases may be made, and the migrated one to clone. */
    adminUrl: string;
    templateName: string;
  }
}

/** Makes one migrated template database; each test file clones it (tests/support/database.ts). */
export default async function setup(project: TestProject) {
  const adminUrl = process.env.TEST_DATABASE_URL;
  if (!adminUrl) throw new Error("TEST_DATABASE_URL is needed");
  const templateName = `carillon_template_${process.pid}`;
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${templateName}`);
  await migrateDatabase(databaseUrl(adminUrl, templateName));
  project.provide("adminUrl", adminUrl);
  project.provide("templateName", templateName);
  return async () => {
    await admin.unsafe(`drop database if exists ${templateName} with (force)`);
    await admin.end();
  };
}

export function databaseUrl(adminUrl: string, name: string) {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
