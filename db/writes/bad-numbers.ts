import { BAD_NUMBER } from "../../lib/domain/bad-number";
import type { Channel } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Sql } from "../client";
import { touchConversations } from "./lock-order";
import type { ChangedMessage } from "./outbox";
import { endPause, type Fragment, type PausedText, type PauseEnd } from "./paused";

/** The person, address and sender of a message that failed; null: it is gone. */
export type FailedSend = {
  workspaceId: WorkspaceId;
  conversationId: string;
  personId: string;
  integrationId: string;
  channel: Channel;
  address: string;
};

export async function findFailedSend(sql: Sql, messageId: string): Promise<FailedSend | null> {
  const [row] = await sql<FailedSend[]>`
    select workspace_id as "workspaceId", conversation_id as "conversationId", person_id as "personId",
      integration_id as "integrationId", channel, to_address as address
    from messages where id = ${messageId} and direction = 'out'`;
  return row ?? null;
}

type Failures = FailedSend & { code: string };

/** Attempts to that address that ended with this code since the last message that arrived there. */
export async function countFailures(sql: Sql, { code, ...send }: Failures): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    with sent as (
      select m.id, m.delivered_at from messages m
      where m.conversation_id in (${conversationsOf(sql, send)}) and m.direction = 'out'
        and m.channel = ${send.channel} and m.to_address = ${send.address}
    )
    select count(*)::int as count from attempts a join sent s on s.id = a.message_id
    where a.error_code = ${code}
      and a.started_at > coalesce((select max(delivered_at) from sent), '-infinity')`;
  return row?.count ?? 0;
}

function conversationsOf(sql: Sql, { workspaceId, personId }: FailedSend) {
  return sql`select c.id from conversations c
    where c.person_id = ${personId} and c.workspace_id = ${workspaceId}`;
}

type NewTask = FailedSend & { id: string; code: string; now: Date };

/** One open task an address and channel, shown by the failed message's thread; false: it is open already. */
export async function openTask(sql: Sql, task: NewTask): Promise<boolean> {
  const rows = await sql`
    with opened as (
      insert into tasks (id, workspace_id, kind, person_id, integration_id, channel, address,
        error_code, opened_at)
      values (${task.id}, ${task.workspaceId}, 'bad_number', ${task.personId},
        ${task.integrationId}, ${task.channel}, ${task.address}, ${task.code}, ${task.now})
      on conflict (workspace_id, channel, address) where closed_at is null do nothing
      returning id
    ),
    touched as (
      update conversations set revision = revision + 1
      where id = ${task.conversationId} and exists (select 1 from opened)
    )
    select id from opened`;
  return rows.length > 0;
}

/** Holds back everything that waits to leave for that address, also what is scheduled for later. */
export async function pausePending(
  sql: Sql,
  { code, now, ...send }: FailedSend & { code: string; now: Date },
): Promise<ChangedMessage[]> {
  const rows = await sql<ChangedMessage[]>`
    with changed as (
      update messages m
      set status = 'paused', status_reason = ${BAD_NUMBER}, error_code = ${code},
        error_message = null, paused_at = ${now}
      where m.conversation_id in (${conversationsOf(sql, send)})
        and m.direction = 'out' and m.channel = ${send.channel} and m.to_address = ${send.address}
        and m.status in ('queued', 'scheduled')
      returning m.id, m.workspace_id, m.conversation_id, m.integration_id, m.status
    ),
    touched as (${touchConversations(sql, sql`select conversation_id from changed`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event, data)
      select workspace_id, id, ${now}, 'paused',
        jsonb_build_object('reason', ${BAD_NUMBER}::text, 'code', ${code}::text)
      from changed
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}

type Waiting = {
  workspaceId: WorkspaceId;
  personId: string;
  channel: Channel;
  address: string;
  now: Date;
  actorUserId: string | null;
};

/** What waited leaves, to `to` as it is now written; its expiry goes on where it stood. */
export async function sendWaiting(
  sql: Sql,
  { to, ...waiting }: Waiting & { to: string },
): Promise<ChangedMessage[]> {
  return endWaiting(sql, waiting, {
    event: "released",
    set: sql`to_address = ${to}, ${backInQueue(sql, waiting.now)}`,
  });
}

/**
 * Rows that wait for a task that is closed: stored while it was being closed, or left by a crash. They
 * go, and if the number still is no good, a new task holds them back.
 */
export async function sendForgotten(sql: Sql, now: Date): Promise<ChangedMessage[]> {
  const chosen: Fragment = sql`select q.id from messages q where ${isForgotten(sql)} for update`;
  const set = backInQueue(sql, now);
  return endPause(sql, {
    chosen,
    set,
    event: "released",
    reason: BAD_NUMBER,
    now,
    actorUserId: null,
  });
}

/** Those of them whose files go as links. */
export async function findForgottenTexts(sql: Sql): Promise<PausedText[]> {
  return sql<PausedText[]>`
    select q.id, q.workspace_id as "workspaceId", q.content from messages q
    where ${isForgotten(sql)} and q.content ? 'linkedWords'`;
}

function isForgotten(sql: Sql): Fragment {
  return sql`q.status = 'paused' and q.status_reason = ${BAD_NUMBER} and not exists (
    select 1 from tasks t
    where t.workspace_id = q.workspace_id and t.channel = q.channel
      and t.address = q.to_address and t.closed_at is null)`;
}

export async function cancelWaiting(sql: Sql, waiting: Waiting): Promise<ChangedMessage[]> {
  return endWaiting(sql, waiting, {
    event: "canceled",
    set: sql`status = 'canceled', status_reason = 'bad_number_closed'`,
  });
}

function backInQueue(sql: Sql, now: Date): Fragment {
  return sql`status_reason = null, error_code = null, error_message = null,
    status = case when m.seq is null then 'scheduled' else 'queued' end,
    expires_at = m.expires_at + greatest(interval '0',
      ${now}::timestamptz - greatest(m.paused_at, m.send_after))`;
}

async function endWaiting(
  sql: Sql,
  { workspaceId, personId, channel, address, now, actorUserId }: Waiting,
  { event, set }: Pick<PauseEnd, "event" | "set">,
): Promise<ChangedMessage[]> {
  const chosen: Fragment = sql`
    select q.id from messages q
    where q.conversation_id in (select c.id from conversations c
        where c.person_id = ${personId} and c.workspace_id = ${workspaceId})
      and q.direction = 'out' and q.channel = ${channel} and q.to_address = ${address}
      and q.status = 'paused' and q.status_reason = ${BAD_NUMBER}
    for update`;
  return endPause(sql, { chosen, set, event, reason: BAD_NUMBER, now, actorUserId });
}
