import type { Sql } from "../client";

export type Doorbell = { integrationId: string; due: Date };

/**
 * Sending 2: remembers the earliest moment for which a run has been asked, per sender. Returns the
 * accounts for which an event has to go out; none where an earlier or equal bell already rings.
 */
export async function rememberBells(
  sql: Sql,
  bells: readonly Doorbell[],
  now: Date,
): Promise<{ accountId: string; due: Date }[]> {
  const rows = await sql<{ accountId: string; due: Date }[]>`
    update integrations i set wake_at = b.due
    from (
      select id, min(due) as due
      from unnest(${bells.map((bell) => bell.integrationId)}::uuid[],
        ${bells.map((bell) => bell.due.toISOString())}::timestamptz[]) as b(id, due) group by id
    ) b
    where i.id = b.id
      and (i.wake_at is null or i.wake_at > b.due or i.wake_at < ${now}::timestamptz - interval '5 s')
    returning i.account_id as "accountId", b.due`;
  return [...rows];
}

/**
 * A run is about to look: whatever comes now has to ring again. Bells of the next seconds stand: their
 * events are on the way, and a second one for each, made by every run that comes early, would start
 * runs without end where a pace makes the next moment a near one. A run that its own event started too
 * early, by a clock that is somewhat ahead, has to ring again all the same.
 */
export async function clearBells(sql: Sql, accountId: string, now: Date) {
  await sql`
    update integrations set wake_at = null
    where account_id = ${accountId} and wake_at is not null
      and wake_at not between ${now}::timestamptz + interval '250 ms' and ${now}::timestamptz + interval '5 s'`;
}

/**
 * Bells that rang while the run was at work were answered by nobody else, so they must not keep the
 * next one from ringing.
 */
export async function clearRungBells(sql: Sql, accountId: string, now: Date) {
  await sql`
    update integrations set wake_at = null where account_id = ${accountId} and wake_at <= ${now}`;
}
