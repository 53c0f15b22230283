import { CONTACTS, type Contender, MESSAGES, phoneOf, textOf } from "./outbound-texts";
import type { Rig } from "./rig";

/** The bare loop in a process and a database of its own, with as many rows as the app has. */
export async function startBareLoop(rig: Rig, simulator: string): Promise<Contender> {
  const databaseUrl = await rig.makeDatabase();
  const sql = rig.connect(databaseUrl);
  await sql`
    create table outbox (id int generated always as identity primary key, to_address text not null,
      body text not null, status text not null default 'queued', provider_id text,
      created_at timestamptz not null default now(), sent_at timestamptz)`;
  await sql`create index on outbox (id) where status = 'queued'`;
  const args = ["--import", "tsx", "scripts/bench/bare-outbound.ts"];
  const env = { DATABASE_URL: databaseUrl, SIMULATOR: simulator };
  const origin = await rig.serve((PORT) => ({ args, env: { ...env, PORT } }));
  return {
    name: "bare",
    run: async () => {
      const texts = Array.from({ length: MESSAGES }, (_, n) => n);
      await sql`
        insert into outbox (to_address, body)
        select * from unnest(${texts.map((n) => phoneOf(n % CONTACTS))}::text[],
          ${texts.map(() => textOf())}::text[])`;
      await sql`vacuum analyze`;
      const answer = await fetch(`${origin}/run`, { method: "POST" });
      const { seconds } = (await answer.json()) as { seconds: number };
      const [row] = await sql`select count(*)::int as left from outbox where status <> 'sent'`;
      if (row?.left !== 0) throw new Error(`the bare loop left ${row?.left} rows`);
      return { sendsPerSecond: MESSAGES / seconds };
    },
  };
}
