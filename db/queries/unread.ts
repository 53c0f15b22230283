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

/** How far each of these agents has read each of these conversations; what live updates carry. */
export function readStates(
  db: Database,
  workspaceId: WorkspaceId,
  input: { conversationIds: readonly string[]; userIds: readonly string[] },
): Promise<ReadState[]> {
  if (input.conversationIds.length === 0 || input.userIds.length === 0) return Promise.resolve([]);
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
      ),
    );
}
