import type { Bucket } from "../../../lib/domain/pace";
import type { Channel, Lane } from "../../../lib/domain/words";
import type { Sql } from "../../client";
import { isFirstInLine, isFirstOfSystem, isPaused } from "../outbox-order";

/** A pace and its bucket as they are stored; `bucket` null: never used. */
export type PaceRow = {
  /** Of the integration, or of the workspace. */
  id: string;
  kind: "integration" | "workspace";
  perSecond: number;
  bucket: Bucket | null;
};

/** The paces that bind an account's senders: their own, and the workspace's. */
export async function findPaces(sql: Sql, accountId: string): Promise<PaceRow[]> {
  const rows = await sql<(Omit<PaceRow, "bucket"> & { tokens: number | null; at: Date | null })[]>`
    select i.id, 'integration' as kind, i.pace_per_second::numeric::float8 as "perSecond", i.pace_tokens as tokens,
      i.pace_at as at
    from integrations i
    where i.account_id = ${accountId} and i.deleted_at is null and i.pace_per_second is not null
    union all
    select w.id, 'workspace', w.pace_per_minute::float8 / 60, w.pace_tokens, w.pace_at
    from workspaces w join accounts a on a.workspace_id = w.id
    where a.id = ${accountId} and w.pace_per_minute is not null`;
  return rows.map(({ id, kind, perSecond, tokens, at }) => {
    const bucket = tokens === null || at === null ? null : { tokens, at: at.getTime() };
    return { id, kind, perSecond, bucket };
  });
}

export type NextInLine = {
  integrationId: string;
  lane: Lane;
  channel: Channel;
  body: string;
  hasMedia: boolean;
};

type Look = {
  senders: readonly { id: string; busy: Record<Lane, number>; most: number }[];
  now: Date;
  /** Rows unconfirmed since this moment or later hold up those behind them. */
  settledBefore: Date;
};

/** What a claim would take now (of a paused sender, system messages), in its order, so that it can be measured before it is taken. */
export async function listNextInLine(
  sql: Sql,
  { senders, now, settledBefore }: Look,
): Promise<NextInLine[]> {
  const first = (lane: ReturnType<Sql>) => sql`
    (select q.lane, q.channel, q.body, q.kind, q.send_after from messages q
     where q.integration_id = i.id and q.lane = ${lane} and q.status in ('queued', 'scheduled')
       and q.send_after <= ${now} and ${isFirstInLine(sql, settledBefore)} and not i.is_paused
     order by q.send_after limit i.most)`;
  const ofSystem = sql`
    (select q.lane, q.channel, q.body, q.kind, q.send_after from messages q
     where q.integration_id = i.id and q.is_system and q.status in ('queued', 'scheduled')
       and q.send_after <= ${now} and ${isFirstOfSystem(sql)} and i.is_paused
     order by q.send_after limit i.most)`;
  const rows = await sql<NextInLine[]>`
    select t.integration_id as "integrationId", t.lane, t.channel, t.body,
      t.kind = 'media' as "hasMedia"
    from (
      select i.id as integration_id, f.*,
        case f.lane when 'interactive' then i.hot else i.cold end
          + row_number() over (partition by i.id, f.lane order by f.send_after) as turn
      from (select i.*, ${isPaused(sql)} as is_paused from unnest(${senders.map(({ id }) => id)}::uuid[],
        ${senders.map(({ busy }) => busy.interactive)}::int[],
        ${senders.map(({ busy }) => busy.normal)}::int[],
        ${senders.map(({ most }) => most)}::int[]) as i(id, hot, cold, most)
      ) i
      cross join lateral (${first(sql`'interactive'`)} union all ${first(sql`'normal'`)}
        union all ${ofSystem}) f
    ) t
    order by t.lane, t.turn, t.send_after`;
  return [...rows];
}
