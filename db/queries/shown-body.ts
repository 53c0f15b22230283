import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";

/** What was written of a message: where its files went as links, without those (`linkedWords`). */
export function shownBody(table: { body: AnyPgColumn; content: AnyPgColumn }): SQL<string> {
  return sql<string>`coalesce(${table.content} ->> 'linkedWords', ${table.body})`;
}
