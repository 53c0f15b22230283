import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { withinScope } from "../queries/scope";
import { conversations, media, messages } from "../schema";

export type MessageRow = typeof messages.$inferSelect;
export type NewMessage = typeof messages.$inferInsert;

/** null: another transaction has used the same idempotency key meanwhile. */
export async function insertOutbound(tx: Database, values: NewMessage): Promise<MessageRow | null> {
  const [row] = await tx
    .insert(messages)
    .values(values)
    .onConflictDoNothing({
      target: [messages.workspaceId, messages.idempotencyKey],
      where: sql`${messages.idempotencyKey} is not null`,
    })
    .returning();
  return row ?? null;
}

type Joined = { message: MessageRow; isByAgent: boolean };

/** The conversation takes a new outbound message in; one that is scheduled only raises its revision. */
export async function joinConversation(tx: Database, { message, isByAgent }: Joined) {
  const inThread = message.seq !== null && {
    lastSeq: message.seq,
    lastMessageId: message.id,
    lastActivityAt: message.createdAt,
    ...(isByAgent && { waitingSince: null }),
  };
  await tx
    .update(conversations)
    .set({
      revision: sql`${conversations.revision} + 1`,
      ...inThread,
      ...(isByAgent && { isListed: true }),
    })
    .where(
      and(
        eq(conversations.workspaceId, message.workspaceId),
        eq(conversations.id, message.conversationId),
      ),
    );
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
  const rows = await tx
    .select({ id: media.id })
    .from(media)
    .where(and(eq(media.workspaceId, workspaceId), eq(media.messageId, messageId)))
    .orderBy(asc(media.position));
  const ids = rows.map((row) => row.id);
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
};

/** Moves an outbound message only if its status still is one of `from`; null: somebody was faster. */
export async function moveMessage(
  tx: Database,
  scope: Scope,
  { messageId, from, set }: Move,
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
  if (row) await raiseRevision(tx, row);
  return row ?? null;
}

async function raiseRevision(tx: Database, { workspaceId, conversationId }: MessageRow) {
  await tx
    .update(conversations)
    .set({ revision: sql`${conversations.revision} + 1` })
    .where(and(eq(conversations.workspaceId, workspaceId), eq(conversations.id, conversationId)));
}

/** The outbound message within the scope; null where it does not reach. */
export async function findOutbound(db: Database, scope: Scope, messageId: string) {
  const [row] = await db
    .select()
    .from(messages)
    .where(
      and(withinScope(messages, scope), eq(messages.id, messageId), eq(messages.direction, "out")),
    );
  return row ?? null;
}
