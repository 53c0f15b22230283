import { getTableColumns, is, SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { cleanText } from "../lib/domain/clean-text";

type Column = { key: string; name: string; column: PgColumn };

const known = new WeakMap<PgTable, { columns: readonly Column[]; head: SQL }>();

/** The columns that are given; the database itself counts up the others. */
function columnsOf(table: PgTable) {
  const before = known.get(table);
  if (before) return before;
  const columns = Object.entries(getTableColumns(table)).flatMap(([key, column]) => {
    const isCounted = column.getSQLType() === "bigserial" || is(column.default, SQL);
    const name = column.keyAsName ? toSnakeCase(column.name) : column.name;
    return isCounted ? [] : [{ key, name, column }];
  });
  const names = sql.raw(columns.map(({ name }) => `"${name}"`).join(", "));
  const head = sql`insert into ${table} (${names}) select ${names}
    from jsonb_populate_recordset(null::${table}, `;
  const found = { columns, head };
  known.set(table, found);
  return found;
}

/** A row with the defaults of its table put in where it says nothing, as it will be stored. */
export function completeRow<T extends PgTable>(
  table: T,
  row: T["$inferInsert"],
): T["$inferSelect"] {
  const given: Record<string, unknown> = row;
  const { columns } = columnsOf(table);
  return Object.fromEntries(
    columns.map(({ key, column }) => [key, givenOr(given, key, column) ?? null]),
  ) as T["$inferSelect"];
}

/**
 * `insert into … select` for rows of a table, in their order. One parameter however many they are: a text
 * that stays the same is prepared, and is built and read many times faster than a list of all values.
 */
export function insertInto<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): SQL {
  const { columns, head } = columnsOf(table);
  const given = rows.map((row: Record<string, unknown>) =>
    Object.fromEntries(columns.map(({ key, name, column }) => [name, givenOr(row, key, column)])),
  );
  return sql`${head}${storableJson(given)}::jsonb)`;
}

function givenOr(row: Record<string, unknown>, key: string, column: PgColumn): unknown {
  return row[key] === undefined ? column.default : row[key];
}

/** NUL and half a character (a template may cut an emoji in two) are no JSON for PostgreSQL. */
function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!/\\u(0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(value, (_, item) => (typeof item === "string" ? cleanText(item) : item));
}
