import { sql as drizzleSql, type SQL } from "drizzle-orm";
import { TEST_EVENT, TOLD_STATUSES, type WebhookEvent } from "../../lib/domain/webhooks/events";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";

/*
 * What endpoints are owed is written in the statement that makes it happen, so that neither is there
 * without the other. A row rings by itself: NOTIFY goes out with the commit, and only then.
 */

/** Heard by the processes that have a job engine (lib/providers/bell-relay). */
const RING = `pg_notify('carillon_bells', '[{"name":"webhooks/due","data":{},"ts":0}]')`;

const COLUMNS = "id, workspace_id, endpoint_id, type, payload, occurred_at, next_attempt_at";
const INTO = `insert into webhook_deliveries (${COLUMNS})`;

/** The columns of a message `m` of which the payload is made: what a change of it has to return. */
export const TOLD_COLUMNS = `m.id, m.workspace_id, m.conversation_id, m.integration_id,
  m.notification_id, m.direction, m.channel, m.kind, m.from_address, m.to_address, m.body, m.subject,
  m.content, m.status, m.status_reason, m.error_code, m.error_message, m.provider_id, m.attempt,
  m.segments, m.metadata, m.created_at, m.send_after, m.expires_at, m.sent_at, m.delivered_at,
  m.read_at, m.failed_at`;

/** The files of the message `c`, once its own rows can be seen. */
const MEDIA_IDS = `(
    select coalesce(jsonb_agg(f.id order by f.position), '[]') from media f where f.message_id = c.id)`;

/** The fields of a message in the API, but for its cost. */
function payload(mediaIds: string): string {
  return `jsonb_build_object('id', c.id, 'direction', c.direction, 'channel', c.channel,
    'kind', c.kind, 'from', c.from_address, 'to', c.to_address,
    'body', coalesce(c.content ->> 'linkedWords', c.body), 'subject', c.subject,
    'status', c.status, 'statusReason', c.status_reason, 'providerId', c.provider_id,
    'errorCode', c.error_code, 'errorMessage', c.error_message, 'attempts', c.attempt,
    'segments', c.segments, 'conversationId', c.conversation_id,
    'integrationId', c.integration_id, 'notificationId', c.notification_id,
    'mediaIds', ${mediaIds}, 'metadata', c.metadata, 'createdAt', ${utc("c.created_at")},
    'sendAt', ${utc("c.send_after")}, 'expiresAt', ${utc("c.expires_at")},
    'sentAt', ${utc("c.sent_at")}, 'deliveredAt', ${utc("c.delivered_at")},
    'readAt', ${utc("c.read_at")}, 'failedAt', ${utc("c.failed_at")})`;
}

function utc(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24":"MI":"SS.MS"Z"')`;
}

function select(mediaIds = MEDIA_IDS): string {
  return `insert into webhook_deliveries (${COLUMNS}, event_key)
  select gen_random_uuid(), e.workspace_id, e.id, 'message.' || c.status, ${payload(mediaIds)},
    c.told_at, c.told_at, concat_ws(':', c.id, c.attempt, c.status)`;
}

/** Of two statements that bring one attempt to one status, the first has told it. */
const ONCE = `on conflict (endpoint_id, event_key) where event_key is not null do nothing
    returning ${RING}`;

const WANTED = `
  join webhook_endpoints e on e.workspace_id = c.workspace_id and e.is_active
    and (e.events = '{}' or 'message.' || c.status = any(e.events))`;
const IS_TOLD = `c.status in (${TOLD_STATUSES.map((status) => `'${status}'`).join(", ")})`;

/**
 * A common table expression: what is owed about messages that the statement changes. Only a new status
 * is told: the snapshot holds the old one, unless another statement was faster, which then has told it.
 * It is looked up beside the endpoint, so that who has none does not pay for it.
 *
 * @param rows `TOLD_COLUMNS` of changed messages, and `told_at`
 */
export function oweChanged(sql: Sql, rows: ReturnType<Sql>) {
  return sql`${sql.unsafe(select())} from (${rows}) c ${sql.unsafe(`${WANTED}
    left join messages before on before.id = c.id and before.workspace_id = e.workspace_id
    where ${IS_TOLD} and before.status is distinct from c.status
    ${ONCE}`)}`;
}

/**
 * The same for messages that the statement stores, as text.
 * @param rows a query for `TOLD_COLUMNS` and `told_at`
 * @param mediaIds an expression for a JSON list, where their files are stored by the same statement
 */
export function oweStored({ rows, mediaIds }: { rows: string; mediaIds?: string }): string {
  return `${select(mediaIds)} from (${rows}) c ${WANTED} where ${IS_TOLD} ${ONCE}`;
}

/** What is owed about a message that the transaction has just changed. */
export async function oweMessage(tx: Database, message: { id: string; at: Date }): Promise<void> {
  const rows = drizzleSql`select ${drizzleSql.raw(TOLD_COLUMNS)},
    ${message.at.toISOString()}::timestamptz as told_at from messages m where m.id = ${message.id}`;
  await tx.execute(drizzleSql`${drizzleSql.raw(select())} from (${rows}) c
    ${drizzleSql.raw(`${WANTED} where ${IS_TOLD} ${ONCE}`)}`);
}

export type OwedEvent = {
  type: WebhookEvent;
  /** As the public API shows it. */
  data: Readonly<Record<string, unknown>>;
  occurredAt: Date;
};

/**
 * Owes events to the workspace's endpoints that want them. To be called in the transaction that makes
 * them happen; after its commit they leave by themselves.
 */
export async function oweWebhooks(tx: Database, owing: Owing): Promise<void> {
  if (owing.events.length > 0) await tx.execute(owedEvents(owing));
}

type Owing = { workspaceId: WorkspaceId; events: readonly OwedEvent[] };

/** The same as a part of the statement that makes them happen. */
export function owedEvents({ workspaceId, events }: Owing): SQL {
  return drizzleSql`
    ${drizzleSql.raw(INTO)}
    select gen_random_uuid(), e.workspace_id, e.id, g.type, g.data, g."occurredAt", g."occurredAt"
    from webhook_endpoints e
    join jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as g(type text, data jsonb, "occurredAt" timestamptz)
      on e.events = '{}' or g.type = any(e.events)
    where e.workspace_id = ${workspaceId} and e.is_active
    returning ${drizzleSql.raw(RING)}`;
}

type Test = { workspaceId: WorkspaceId; endpointId: string; at: Date };

/** Owes an endpoint the event that says nothing but that it is reached; null: there is no active one. */
export async function oweTest(
  tx: Database,
  { workspaceId, endpointId, at }: Test,
): Promise<string | null> {
  const data = JSON.stringify({ endpointId });
  const moment = drizzleSql`${at.toISOString()}::timestamptz`;
  const rows = await tx.execute<{ id: string }>(drizzleSql`
    ${drizzleSql.raw(INTO)}
    select gen_random_uuid(), e.workspace_id, e.id, ${TEST_EVENT}::text, ${data}::jsonb, ${moment},
      ${moment}
    from webhook_endpoints e
    where e.workspace_id = ${workspaceId} and e.id = ${endpointId} and e.is_active
    returning id, ${drizzleSql.raw(RING)}`);
  return rows[0]?.id ?? null;
}

type Replay = { workspaceId: WorkspaceId; endpointId: string; at: Date } & (
  | { deliveryId: string }
  /** All that were given up and happened since then. */
  | { failedSince: Date }
);

/** Owes again what was delivered or given up, under its old id, by the whole schedule; answers how many. */
export async function replayWebhooks(tx: Database, replay: Replay): Promise<number> {
  const at = drizzleSql`${replay.at.toISOString()}::timestamptz`;
  const chosen =
    "deliveryId" in replay
      ? drizzleSql`id = ${replay.deliveryId} and status <> 'owed'`
      : drizzleSql`status = 'failed'
          and occurred_at >= ${replay.failedSince.toISOString()}::timestamptz`;
  const rows = await tx.execute(drizzleSql`
    update webhook_deliveries
    set status = 'owed', attempt = 0, next_attempt_at = ${at}, delivered_at = null
    where workspace_id = ${replay.workspaceId} and endpoint_id = ${replay.endpointId} and ${chosen}
    returning ${drizzleSql.raw(RING)}`);
  return rows.length;
}
