import { and, eq, inArray, sql } from "drizzle-orm";
import type { Actor, Scope } from "../../lib/domain/viewer";
import type { MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { completeRow, insertInto } from "../insert-rows";
import { mediaIdsOf } from "../queries/media";
import { withinScope } from "../queries/scope";
import { conversations, media, messages, timeline } from "../schema";
import { oweMessage } from "./owed-webhooks";
import { authorship } from "./timeline";

export type MessageRow = typeof messages.$inferSelect;
export type NewMessage = typeof messages.$inferInsert;

type Storing = {
  workspaceId: WorkspaceId;
  /** Of that workspace, each conversation's in the order of their seqs. */
  values: readonly (NewMessage & { id: string })[];
  actor: Actor;
};

/**
 * Stores outbound messages with their first line in the timeline, and their conversations take them in; of
 * one that is scheduled only the revision rises. One statement; the workspace is a check in it and no way
 * to a conversation (isIn). Those left out: another transaction has used the same idempotency key
 * meanwhile.
 */
export async function storeOutbound(
  tx: Database,
  { workspaceId, values, actor }: Storing,
): Promise<MessageRow[]> {
  if (values.length === 0) return [];
  const isByAgent = actor.kind === "user";
  const { data, actorUserId } = authorship({}, actor);
  const conversationIds = [...new Set(values.map(({ conversationId }) => conversationId))];
  const stored = await tx.execute<{ id: string }>(sql`
    with stored as (
      ${insertInto(messages, values)}
      on conflict (workspace_id, idempotency_key) where idempotency_key is not null do nothing
      returning id, conversation_id, seq, status, created_at
    ),
    news as (
      select conversation_id, count(*)::int as count, max(seq) as seq,
        max(created_at) filter (where seq is not null) as at,
        (array_agg(id order by seq desc) filter (where seq is not null))[1] as id
      from stored group by conversation_id
    ),
    joined as (
      update ${conversations} c
      set revision = c.revision + n.count, last_seq = coalesce(n.seq, c.last_seq),
        last_message_id = coalesce(n.id, c.last_message_id),
        last_activity_at = coalesce(n.at, c.last_activity_at),
        waiting_since = case when ${isByAgent}::boolean and n.seq is not null then null
          else c.waiting_since end,
        is_listed = c.is_listed or ${isByAgent}::boolean
      from news n
      where c.id = n.conversation_id and c.workspace_id is not distinct from ${workspaceId}
        and c.id = any(${`{${conversationIds.join()}}`}::uuid[])
    ),
    told as (
      insert into ${timeline} (workspace_id, message_id, at, event, data, actor_user_id)
      select ${workspaceId}::uuid, id, created_at, status, ${JSON.stringify(data)}::jsonb,
        ${actorUserId}::uuid
      from stored
    )
    select id from stored`);
  const ids = new Set(stored.map(({ id }) => id));
  return values.flatMap((row) => (ids.has(row.id) ? [completeRow(messages, row)] : []));
}

type Attached = { workspaceId: WorkspaceId; messageId: string; mediaIds: readonly string[] };

export async function attachMedia(tx: Database, { workspaceId, messageId, mediaIds }: Attached) {
  for (const [position, id] of mediaIds.entries()) {
    await tx
      .update(media)
      .set({ messageId, position })
      .where(and(eq(media.workspaceId, workspaceId), eq(media.id, id)));
  }
}

/** The files of a message that will not be sent, free for another; their ids in their order. */
export async function detachMedia(
  tx: Database,
  { workspaceId, messageId }: Omit<Attached, "mediaIds">,
): Promise<string[]> {
  const ids = await mediaIdsOf(tx, { workspaceId, messageId });
  if (ids.length > 0) {
    await tx
      .update(media)
      .set({ messageId: null })
      .where(and(eq(media.workspaceId, workspaceId), inArray(media.id, ids)));
  }
  return ids;
}

type Move = {
  messageId: string;
  /** Only from one of these. */
  from: readonly MessageStatus[];
  set: Partial<NewMessage>;
  at: Date;
};

/** Moves an outbound message only if its status still is one of `from`; null: somebody was faster. */
export async function moveMessage(
  tx: Database,
  scope: Scope,
  { messageId, from, set, at }: Move,
): Promise<MessageRow | null> {
  const [row] = await tx
    .update(messages)
    .set(set)
    .where(
      and(
        withinScope(messages, scope),
        eq(messages.id, messageId),
        eq(messages.direction, "out"),
        inArray(messages.status, [...from]),
      ),
    )
    .returning();
  if (!row) return null;
  await raiseRevision(tx, row);
  await oweMessage(tx, { id: row.id, at });
  return row;
}

async function raiseRevision(tx: Database, { workspaceId, conversationId }: MessageRow) {
  await tx
    .update(conversations)
    .set({ revision: sql`${conversations.revision} + 1` })
    .where(and(eq(conversations.workspaceId, workspaceId), eq(conversations.id, conversationId)));
}

/** The outbound message within the scope; null where it does not reach. */
export async function findOutbound(db: Database, scope: Scope, messageId: string) {
  const [row] = await db.select().from(messages).where(outbound(scope, messageId));
  return row ?? null;
}

/** The same, locked until the commit: who waited for another's decision about it sees what that was. */
export async function lockOutbound(tx: Database, scope: Scope, messageId: string) {
  const [row] = await tx.select().from(messages).where(outbound(scope, messageId)).for("update");
  return row ?? null;
}

function outbound(scope: Scope, messageId: string) {
  return and(
    withinScope(messages, scope),
    eq(messages.id, messageId),
    eq(messages.direction, "out"),
  );
}
