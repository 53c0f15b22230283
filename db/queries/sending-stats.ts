import { type SQL, sql } from "drizzle-orm";
import { type DeliveryState, stateOfMessage } from "../../lib/domain/history/delivery-state";
import type { Backlog, Delays, SentLately } from "../../lib/domain/history/figures";
import type { Channel, MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { attempts, deliveries, integrations, messages, notifications } from "../schema";

/** Messages of ours of a time; null: of every channel, by every sender. */
export type SendingQuery = {
  workspaceId: WorkspaceId;
  since: Date;
  until: Date;
  channel: Channel | null;
  integrationId: string | null;
};

export type CountedMessages = {
  /** `2026-11-27T14` or `2026-11-27`, on the wall's clock of the zone. */
  column: string;
  channel: Channel;
  type: string;
  state: DeliveryState;
  count: number;
};

/** How many messages of ours are how far, by channel, type and time (R214, R225, R312). */
export async function countSending(
  db: Database,
  { step, zone, ...query }: SendingQuery & { step: "hour" | "day"; zone: string },
): Promise<CountedMessages[]> {
  const form = step === "hour" ? 'YYYY-MM-DD"T"HH24' : "YYYY-MM-DD";
  const rows = await db.execute<Omit<CountedMessages, "state"> & { status: MessageStatus }>(sql`
    select to_char(slot, ${form}) as "column", channel, type, status, count::int
    from (
      select date_trunc(${step}, m.created_at at time zone ${zone}) as slot, m.channel,
        ${typeOf} as type, m.status, count(*) as count
      from ${messages} m
      left join ${notifications} n on n.id = m.notification_id
      where ${isWithin(query)}
      group by 1, 2, 3, 4
    ) counted`);
  return rows.map(({ status, ...row }) => ({ ...row, state: stateOfMessage(status) }));
}

/** Of `m`, whose notification is `n`. */
const typeOf = sql`coalesce(n.type, case
  when m.author_user_id is not null then 'reply'
  when exists (select 1 from ${deliveries} d where d.message_id = m.id) then 'summary'
  else 'message' end)`;

/** Seconds from when messages were due until a provider had them (R319); the last try counts. */
export async function measureDelays(db: Database, query: SendingQuery): Promise<Delays> {
  const [row] = await db.execute<Delays>(sql`
    select count(*)::int as measured,
      percentile_cont(0.5) within group (order by ${delayOf}) as median,
      percentile_cont(0.95) within group (order by ${delayOf}) as p95
    from ${messages} m
    join ${attempts} a on a.message_id = m.id and a.number = m.attempt and a.outcome = 'accepted'
    where ${isWithin(query)}`);
  return row ?? { measured: 0, median: null, p95: null };
}

/** Of `m` and its attempt `a`. */
const delayOf = sql`greatest(extract(epoch from
  a.finished_at - coalesce(m.send_after, m.created_at))::float8, 0)`;

function isWithin({ workspaceId, since, until, channel, integrationId }: SendingQuery): SQL {
  const conditions = [
    sql`m.workspace_id = ${workspaceId} and m.direction = 'out'`,
    sql`m.created_at >= ${since.toISOString()}::timestamptz`,
    sql`m.created_at <= ${until.toISOString()}::timestamptz`,
    ...(channel === null ? [] : [sql`m.channel = ${channel}`]),
    ...(integrationId === null ? [] : [sql`m.integration_id = ${integrationId}`]),
  ];
  return sql.join(conditions, sql` and `);
}

type Now = Pick<SendingQuery, "workspaceId" | "channel" | "integrationId"> & { now: Date };

/**
 * What waits at this moment: looked up by the partial indexes of what is under way, sender by sender,
 * whatever the length of the history.
 */
export async function countBacklog(
  db: Database,
  { workspaceId, channel, integrationId, now }: Now,
): Promise<Backlog> {
  const senders = sql`
    select i.id from ${integrations} i
    where i.workspace_id = ${workspaceId} and (${channel}::text is null or i.type = ${channel})
      and (${integrationId}::uuid is null or i.id = ${integrationId})`;
  const at = now.toISOString();
  const [row] = await db.execute<Backlog>(sql`
    with senders as (${senders}),
    owed as (
      select m.status, m.send_after from senders s
      join ${messages} m on m.integration_id = s.id and m.status in ('queued', 'scheduled')
    ),
    kept as (
      select d.fate from ${deliveries} d
      where d.workspace_id = ${workspaceId} and d.release_at is not null
        and (${channel}::text is null or d.channel = ${channel})
    )
    select
      (select count(*)::int from owed where send_after is null or send_after <= ${at}) as waiting,
      (select count(*)::int from owed where send_after > ${at}) as scheduled,
      (select count(*)::int from ${attempts} a join ${messages} m on m.id = a.message_id
       where a.outcome is null and m.status = 'sending'
         and m.integration_id in (select id from senders)) as sending,
      (select count(*)::int from ${messages} m where m.status = 'unconfirmed'
         and m.integration_id in (select id from senders)) as unconfirmed,
      (select count(*)::int from senders s
       join ${messages} m on m.integration_id = s.id and m.status = 'paused') as paused,
      (select count(*)::int from kept where fate = 'held') as held,
      (select count(*)::int from kept where fate = 'bundled') as bundled`);
  if (!row) throw new Error("a row of counts is a row");
  return row;
}

/** The newest messages of ours, newest first (R312). */
export async function listSentLately(
  db: Database,
  { limit, ...query }: SendingQuery & { limit: number },
): Promise<SentLately[]> {
  const rows = await db.execute<SentLately>(sql`
    select m.id, m.created_at as "createdAt", m.conversation_id as "conversationId",
      m.notification_id as "notificationId", m.channel, ${typeOf} as type, m.status,
      coalesce(p.name, m.to_address) as recipient, m.error_code as "errorCode",
      case when a.outcome = 'accepted' then ${delayOf} end as delay
    from ${messages} m
    join persons p on p.id = m.person_id
    left join ${notifications} n on n.id = m.notification_id
    left join ${attempts} a on a.message_id = m.id and a.number = m.attempt
    where ${isWithin(query)}
    order by m.created_at desc nulls last, m.id desc nulls last limit ${limit}`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
}
