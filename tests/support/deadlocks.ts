import type { Deps } from "../../lib/ports/deps";

/** PostgreSQL's own count for this database: a deadlock that a second try healed is in it. */
export async function countDeadlocks({ sql }: Pick<Deps, "sql">): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  const [row] = await sql<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row?.deadlocks ?? 0;
}
