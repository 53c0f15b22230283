import { and, eq, inArray, sql } from "drizzle-orm";
import type { Channel } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { messages } from "../schema";
import { touchConversations } from "./lock-order";
import type { ChangedMessage } from "./outbox";
import { oweChanged, TOLD_COLUMNS } from "./owed-webhooks";

/** Where rows wait: at a sender, or for an address of a person's. */
export type PausedPlace = { workspaceId: WorkspaceId; reasons: readonly string[] } & (
  | { integrationId: string }
  | { personId: string; channel: Channel; address: string }
);

/** A paused text whose files go as links. */
export type PausedText = Pick<typeof messages.$inferSelect, "id" | "workspaceId" | "content">;

/** Those of a place. */
export async function findPausedTexts(db: Database, place: PausedPlace): Promise<PausedText[]> {
  return db
    .select({ id: messages.id, workspaceId: messages.workspaceId, content: messages.content })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, place.workspaceId),
        "integrationId" in place
          ? eq(messages.integrationId, place.integrationId)
          : and(
              eq(messages.personId, place.personId),
              eq(messages.channel, place.channel),
              eq(messages.toAddress, place.address),
            ),
        eq(messages.status, "paused"),
        inArray(messages.statusReason, [...place.reasons]),
        sql`${messages.content} ? 'linkedWords'`,
      ),
    );
}

/** Only while it waits: what is being sent has its text. */
export async function putPausedBody(
  db: Database,
  { workspaceId, messageId, body }: { workspaceId: WorkspaceId; messageId: string; body: string },
): Promise<void> {
  await db
    .update(messages)
    .set({ body })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.id, messageId),
        eq(messages.status, "paused"),
      ),
    );
}

/** Rows a statement: 50,000 that wait must not hold their locks for seconds. */
export const PAUSE_BATCH = 1000;

type Pause = { integrationId: string; reason: string; code: string | null; now: Date };

/**
 * Holds back what a stopped sender owes and is due, the oldest first, at most a batch. A scheduled row
 * takes its place in the thread, so that people see what did not leave.
 */
export async function pauseDue(sql: Sql, { integrationId, reason, code, now }: Pause) {
  const rows = await sql<ChangedMessage[]>`
    with due as (
      select q.id, q.conversation_id, q.send_after, q.seq is null as is_new from messages q
      where q.integration_id = ${integrationId} and q.lane in ('interactive', 'normal')
        and q.status in ('queued', 'scheduled') and q.send_after <= ${now}
      order by q.send_after limit ${PAUSE_BATCH} for update skip locked
    ),
    numbered as (
      select d.*, (count(*) filter (where is_new)
        over (partition by conversation_id order by send_after, id))::int as nth
      from due d
    ),
    touched as (
      update conversations c
      set revision = c.revision + 1, last_seq = c.last_seq + n.added
      from (
        select conversation_id, (count(*) filter (where is_new))::int as added
        from due group by conversation_id
      ) n
      where c.id = n.conversation_id
      returning c.id, c.last_seq - n.added as base
    ),
    changed as (
      update messages m
      set status = 'paused', status_reason = ${reason}, error_code = ${code}, error_message = null,
        paused_at = ${now}, seq = case when n.is_new then t.base + n.nth else m.seq end
      from numbered n join touched t on t.id = n.conversation_id
      where m.id = n.id
      returning m.id, m.workspace_id, m.conversation_id, m.integration_id, m.status
    ),
    told as (
      insert into timeline (workspace_id, message_id, at, event, data)
      select workspace_id, id, ${now}, 'paused',
        jsonb_strip_nulls(jsonb_build_object('reason', ${reason}::text, 'code', ${code}::text))
      from changed
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}

type Waiting = {
  workspaceId: WorkspaceId;
  integrationId: string;
  reasons: readonly string[];
  /** Only those that were due before this moment; null: all. */
  dueBefore: Date | null;
  now: Date;
  actorUserId: string | null;
};

/** Puts paused rows back into the queue, at most a batch; their expiry goes on where it stood. */
export async function releasePausedBatch(sql: Sql, waiting: Waiting): Promise<ChangedMessage[]> {
  const { now } = waiting;
  return endStop(sql, waiting, {
    event: "released",
    set: sql`status = 'queued', status_reason = null, error_code = null, error_message = null,
      expires_at = m.expires_at + (${now}::timestamptz - m.paused_at)`,
  });
}

/** Takes paused rows back for good, at most a batch. */
export async function dropPausedBatch(sql: Sql, waiting: Waiting): Promise<ChangedMessage[]> {
  return endStop(sql, waiting, {
    event: "canceled",
    set: sql`status = 'canceled', status_reason = 'dropped', error_code = null, error_message = null`,
  });
}

async function endStop(
  sql: Sql,
  { workspaceId, integrationId, reasons, dueBefore, now, actorUserId }: Waiting,
  { event, set }: Pick<PauseEnd, "event" | "set">,
): Promise<ChangedMessage[]> {
  const chosen: Fragment = sql`
    select q.id from messages q
    where q.integration_id = ${integrationId} and q.workspace_id = ${workspaceId}
      and q.status = 'paused' and q.status_reason = any(${[...reasons]}::text[])
      ${dueBefore ? sql`and q.send_after < ${dueBefore}` : sql``}
    order by q.send_after limit ${PAUSE_BATCH} for update skip locked`;
  return endPause(sql, { chosen, set, event, reason: "stop_lifted", now, actorUserId });
}

/** A piece of a statement. */
export type Fragment = ReturnType<Sql>;

export type PauseEnd = {
  /** Selects the ids of the paused rows, and locks them. */
  chosen: Fragment;
  /** What becomes of each (`m`). */
  set: Fragment;
  /** What their timelines say. */
  event: "released" | "canceled";
  reason: string;
  now: Date;
  actorUserId: string | null;
};

/** Ends the pause of the chosen rows, and tells their conversations and timelines. */
export async function endPause(sql: Sql, end: PauseEnd): Promise<ChangedMessage[]> {
  const { chosen, set, event, reason, now, actorUserId } = end;
  const rows = await sql<ChangedMessage[]>`
    with chosen as (${chosen}),
    changed as (
      update messages m set ${set}, paused_at = null
      from chosen where m.id = chosen.id
      returning ${sql.unsafe(TOLD_COLUMNS)}
    ),
    touched as (${touchConversations(sql, sql`select conversation_id from changed`)}),
    owed as (${oweChanged(sql, sql`select *, ${now}::timestamptz as told_at from changed`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event, data, actor_user_id)
      select workspace_id, id, ${now}, ${event}, jsonb_build_object('reason', ${reason}::text),
        ${actorUserId}
      from changed
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}
