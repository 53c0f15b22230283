import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** As `inArray`, of uuids: one parameter and one text however many there are, which is prepared once. */
export function among(column: PgColumn, ids: readonly string[]): SQL {
  return sql`${column} = any(${`{${ids.join()}}`}::uuid[])`;
}
