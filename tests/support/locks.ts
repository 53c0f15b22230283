import { setTimeout as sleep } from "node:timers/promises";
import type { Deps } from "../../lib/ports/deps";

/** PostgreSQL's own count for this database: a deadlock that a second try healed is in it. */
export async function countDeadlocks({ sql }: Pick<Deps, "sql">): Promise<number> {
  await sql`select pg_stat_force_next_flush()`;
  const [row] = await sql<{ deadlocks: number }[]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row?.deadlocks ?? 0;
}

/** Resolves when that many statements of this database stand before a lock. */
export async function untilWaiting({ sql }: Pick<Deps, "sql">, count: number): Promise<void> {
  for (;;) {
    const waiting = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (waiting.length >= count) return;
    await sleep(10);
  }
}
