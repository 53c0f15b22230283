import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Database } from "../../db/client";
import * as schema from "../../db/schema";

/** Another client of a database, with every statement that it is asked; to be closed. */
export function openHeardDatabase(url: string) {
  const asked: string[] = [];
  const client = postgres(url, {
    max: 2,
    onnotice: () => undefined,
    connection: { TimeZone: "UTC" },
  });
  const logger = { logQuery: (query: string) => void asked.push(query) };
  const db: Database = drizzle(client, { schema, casing: "snake_case", logger });
  return { db, asked, close: () => client.end() };
}
