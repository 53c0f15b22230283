import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { prepareRepeated } from "./prepare-repeated";
import * as schema from "./schema";

/** The database or a transaction of it: what queries and writes take as their first argument. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

/** The raw client of the few hot statements. Never the one that drizzle holds (it changes its client). */
export type Sql = postgres.Sql;

export type DatabaseClients = { db: Database; sql: Sql; close: () => Promise<void> };

type Options = {
  /** Connections of each of the two clients. */
  poolSize?: number;
  /** false behind a transaction pooler, which cannot keep prepared statements. */
  prepare?: boolean;
  applicationName?: string;
  /** Seconds in which a connection must stand, else the database counts as gone. */
  connectTimeout?: number;
};

/**
 * The hot statements look everything up by index, whatever their parameters: planned once a
 * connection, and also on a table that was empty then. Planning a claim takes longer than running it.
 */
const PLAN_ONCE = { plan_cache_mode: "force_generic_plan", enable_seqscan: "off", jit: "off" };

/** Planned by the values at hand, as if it were not prepared: the queries of screens are of every kind. */
const PLAN_EACH = { plan_cache_mode: "force_custom_plan" };

/**
 * Opens the two clients of a process. Connecting is lazy: this never fails by itself.
 * A query that finds no connection within 2 s fails (doors answer 503 then).
 */
export function openDatabase(url: string, options: Options = {}): DatabaseClients {
  const prepare = options.prepare ?? true;
  const shared = {
    max: options.poolSize ?? 10,
    prepare,
    connect_timeout: options.connectTimeout ?? 2,
    // A refused connection is tried again soon: the driver's own 20 s would hold up who asks next.
    backoff: () => 0.1,
    idle_timeout: 60,
    onnotice: () => undefined,
    connection: { application_name: options.applicationName ?? "carillon", TimeZone: "UTC" },
  };
  const connect = (planning: object) =>
    postgres(url, { ...shared, connection: { ...shared.connection, ...(prepare && planning) } });
  const drizzleClient = connect(PLAN_EACH);
  const sql = connect(PLAN_ONCE);
  const client = prepare ? prepareRepeated(drizzleClient) : drizzleClient;
  return {
    db: drizzle(client, { schema, casing: "snake_case" }),
    sql,
    close: async () => {
      await Promise.all([drizzleClient.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    },
  };
}
