import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** As `inArray`, of uuids: one parameter and one text however many there are, which is prepared once. */
export function among(column: PgColumn, ids: readonly string[] | Placeholder): SQL {
  return sql`${column} = any(${"name" in ids ? ids : uuidList(ids)}::uuid[])`;
}

/** The same of texts, which `textList` writes. */
export function amongTexts(column: PgColumn, texts: Placeholder): SQL {
  return sql`${column} = any(${texts}::text[])`;
}

/**
 * The workspace as a check of rows that are found by another index, and no way to them: planned while the
 * tables were small, a query would else walk through all that a workspace has.
 */
export function isIn(column: PgColumn, workspaceId: Placeholder): SQL {
  return sql`${column} is not distinct from ${workspaceId}`;
}

/** A list of uuids as PostgreSQL writes it. */
export function uuidList(ids: readonly string[]): string {
  return `{${ids.join()}}`;
}

/** A list of texts as PostgreSQL writes it. */
export function textList(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, "\\$&")}"`).join()}}`;
}
