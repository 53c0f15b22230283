import type { Sql } from "../client";

type Lease = { name: string; holder: string; seconds: number };

/** Takes a lease that is free or has run out, by the database's clock. False: somebody else has it. */
export async function takeLease(sql: Sql, { name, holder, seconds }: Lease): Promise<boolean> {
  const rows = await sql`
    insert into leases (name, holder, locked_until)
    values (${name}, ${holder}, clock_timestamp() + make_interval(secs => ${seconds}))
    on conflict (name) do update
      set holder = excluded.holder, locked_until = excluded.locked_until
      where leases.locked_until < clock_timestamp()
    returning name`;
  return rows.length === 1;
}

/** False: it ran out and somebody else took it. */
export async function renewLease(sql: Sql, { name, holder, seconds }: Lease): Promise<boolean> {
  const rows = await sql`
    update leases set locked_until = clock_timestamp() + make_interval(secs => ${seconds})
    where name = ${name} and holder = ${holder} returning name`;
  return rows.length === 1;
}

export async function releaseLease(sql: Sql, { name, holder }: Omit<Lease, "seconds">) {
  await sql`delete from leases where name = ${name} and holder = ${holder}`;
}
