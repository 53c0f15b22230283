import { sql } from "drizzle-orm";
import type { Database } from "../../client";

export type DatabaseFacts = { version: string; sizeBytes: number };

/** What the database says of itself. */
export async function describeDatabase(db: Database): Promise<DatabaseFacts> {
  const [row] = await db.execute<{ version: string; size: string }>(sql`
    select current_setting('server_version') as version,
      pg_database_size(current_database())::text as size`);
  if (!row) throw new Error("a row of settings is a row");
  return { version: row.version, sizeBytes: Number(row.size) };
}
