import { setTimeout as sleep } from "node:timers/promises";
import type postgres from "postgres";
import { CONTACTS, type Contender, MESSAGES, phoneOf, textOf } from "./outbound-texts";
import type { Rig } from "./rig";

/**
 * The bare loop in a process and a database of its own, with as many rows as the app has.
 *
 * @param hasReceipts a round also waits until every message is delivered
 */
export async function startBareLoop(
  rig: Rig,
  { simulator, hasReceipts }: { simulator: string; hasReceipts: () => boolean },
): Promise<Contender> {
  const databaseUrl = await rig.makeDatabase();
  const sql = rig.connect(databaseUrl);
  await sql`
    create table outbox (id int generated always as identity primary key, to_address text not null,
      body text not null, status text not null default 'queued', provider_id text, receipt text,
      created_at timestamptz not null default now(), sent_at timestamptz)`;
  await sql`create index on outbox (id) where status = 'queued'`;
  const args = ["--import", "tsx", "scripts/bench/bare-outbound.ts"];
  const env = { DATABASE_URL: databaseUrl, SIMULATOR: simulator };
  const origin = await rig.serve((PORT) => ({ args, env: { ...env, PORT } }));
  return {
    name: "bare",
    origin,
    run: async () => {
      const texts = Array.from({ length: MESSAGES }, (_, n) => n);
      await sql`
        insert into outbox (to_address, body)
        select * from unnest(${texts.map((n) => phoneOf(n % CONTACTS))}::text[],
          ${texts.map(() => textOf())}::text[])`;
      await sql`vacuum analyze`;
      const startedAt = performance.now();
      const path = hasReceipts() ? "/run?receipts" : "/run";
      const answer = await fetch(origin + path, { method: "POST" });
      const { seconds } = (await answer.json()) as { seconds: number };
      const [row] = await sql`select count(*)::int as left from outbox where status <> 'sent'`;
      if (row?.left !== 0) throw new Error(`the bare loop left ${row?.left} rows`);
      const round = { sendsPerSecond: MESSAGES / seconds };
      if (!hasReceipts()) return round;
      await untilDelivered(sql);
      return { ...round, secondsUntilDelivered: (performance.now() - startedAt) / 1000 };
    },
  };
}

/** Milliseconds between two looks whether every receipt is there. */
const LOOK_MS = 20;

/** Goes on from the first that is not, so that looking costs next to nothing until none is left. */
async function untilDelivered(sql: postgres.Sql) {
  const last = sql`select coalesce(max(id), 0) from outbox`;
  const [row] = await sql<{ id: number }[]>`select (${last}) - ${MESSAGES}::int + 1 as id`;
  let from = row?.id;
  while (from !== undefined) {
    const [open] = await sql<{ id: number }[]>`
      select id from outbox where id >= ${from} and receipt is distinct from 'delivered'
      order by id limit 1`;
    from = open?.id;
    if (from !== undefined) await sleep(LOOK_MS);
  }
}
