import { resolve } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const OLDEST_SERVER = 150_000;

/** The server is one that the schema does not run on. */
export class DatabaseTooOld extends Error {
  constructor(version: string) {
    super(`PostgreSQL ${version} is too old; 15 or newer is needed`);
  }
}

/**
 * Brings a database to the newest schema. Safe to call from several processes at once:
 * an advisory lock lets one work and the others wait.
 *
 * @throws {DatabaseTooOld} before anything is changed.
 */
export async function migrateDatabase(url: string, folder = resolve("db/migrations")) {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await refuseOldServer(client);
    await client`select pg_advisory_lock(7266120)`;
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function refuseOldServer(client: postgres.Sql) {
  const [row] = await client`
    select current_setting('server_version_num')::int as number,
      current_setting('server_version') as version`;
  if (row?.number < OLDEST_SERVER) throw new DatabaseTooOld(row?.version);
}
