import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { conversationReads, conversations, memberships, messages } from "../schema";

/** How far back an agent's first look counts one by one; beyond it the badge says the same anyway. */
const FIRST_LOOK = 100;

/**
 * Unread inbound messages of an agent, for a statement that has `conversations`, the agent's
 * `memberships` row and (perhaps) their `conversation_reads` row. Arithmetic on counters: nothing is
 * counted, but for a conversation older than the agent that they never opened, where at most the last
 * 100 messages are looked at.
 */
export function unreadCount(): SQL<number> {
  return sql<number>`case
    when ${memberships.userId} is null then 0
    when ${conversationReads.userId} is not null
      then greatest(${conversations.inboundCount} - ${conversationReads.readInboundCount}, 0)
    when ${conversations.lastInboundAt} is null
      or ${conversations.lastInboundAt} < ${memberships.createdAt} then 0
    when ${conversations.createdAt} >= ${memberships.createdAt} then ${conversations.inboundCount}
    else least(${conversations.inboundCount}, (
      select count(*)::int from ${messages} fresh
      where fresh.conversation_id = ${conversations.id}
        and fresh.seq > ${conversations.lastSeq} - ${sql.raw(String(FIRST_LOOK))}
        and fresh.counts and fresh.created_at >= ${memberships.createdAt}))
    end`;
}

export type ReadState = {
  conversationId: string;
  integrationId: string;
  userId: string;
  unread: number;
  lastReadSeq: number;
};

type Asked = { conversationIds: readonly string[]; userIds: readonly string[] };

/** How far each of these agents has read each of these conversations; what live updates carry. */
export function readStates(
  db: Database,
  workspaceId: WorkspaceId,
  input: Asked,
): Promise<ReadState[]> {
  return selectStates(db, workspaceId, input);
}

/**
 * The same, but only where `unreadCount` is another than the conversation's own count. Of a conversation
 * that is younger than the agent and that they never opened, all that counts is unread: fifty agents
 * and a hundred conversations would else be five thousand rows that say so.
 */
export function ownReadStates(
  db: Database,
  workspaceId: WorkspaceId,
  input: Asked,
): Promise<ReadState[]> {
  const isOwn = sql`(${conversationReads.userId} is not null
    or ${memberships.createdAt} > ${conversations.createdAt}
    or (${conversations.inboundCount} > 0 and
      coalesce(${conversations.lastInboundAt} < ${memberships.createdAt}, true)))`;
  return selectStates(db, workspaceId, input, isOwn);
}

async function selectStates(
  db: Database,
  workspaceId: WorkspaceId,
  input: Asked,
  condition?: SQL,
): Promise<ReadState[]> {
  if (input.conversationIds.length === 0 || input.userIds.length === 0) return [];
  return db
    .select({
      conversationId: conversations.id,
      integrationId: conversations.integrationId,
      userId: memberships.userId,
      unread: unreadCount(),
      lastReadSeq: sql<number>`coalesce(${conversationReads.lastReadSeq}, 0)`,
    })
    .from(conversations)
    .innerJoin(memberships, eq(memberships.workspaceId, conversations.workspaceId))
    .leftJoin(
      conversationReads,
      and(
        eq(conversationReads.conversationId, conversations.id),
        eq(conversationReads.userId, memberships.userId),
      ),
    )
    .where(
      and(
        eq(conversations.workspaceId, workspaceId),
        inArray(conversations.id, [...input.conversationIds]),
        inArray(memberships.userId, [...input.userIds]),
        condition,
      ),
    );
}
