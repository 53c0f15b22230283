import { and, asc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { Channel, Direction, MessageStatus } from "../../lib/domain/words";
import type { Database } from "../client";
import { media, messages, timeline } from "../schema";
import { type Cursor, encodeCursor } from "./cursor";
import { withinScope } from "./scope";

export type MessageFilter = {
  channel?: Channel;
  status?: MessageStatus;
  direction?: Direction;
  /** The recipient's address as stored: E.164. */
  to?: string;
  conversationId?: string;
  /** Created at or after. */
  since?: Date;
  /** Created before. */
  until?: Date;
};

export type MessageWithMedia = Awaited<ReturnType<typeof selectMessages>>[number];

/** Messages of every conversation the reader may see, newest first (R114). */
export async function listMessages(
  db: Database,
  scope: Scope,
  query: { filter: MessageFilter; cursor: Cursor | null; limit: number },
): Promise<{ messages: MessageWithMedia[]; nextCursor: string | null }> {
  const { cursor, limit } = query;
  const rows = await selectMessages(
    db,
    and(withinScope(messages, scope), matches(query.filter), cursor ? beyond(cursor) : undefined),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const nextCursor = last ? encodeCursor({ at: last.cursorAt, id: last.message.id }) : null;
  return { messages: shown, nextCursor };
}

/** These messages of the workspace in the order of the ids; those beyond the scope are left out. */
export async function findMessages(
  db: Database,
  scope: Scope,
  ids: readonly string[],
): Promise<MessageWithMedia[]> {
  if (ids.length === 0) return [];
  const where = and(withinScope(messages, scope), inArray(messages.id, [...ids]));
  const rows = await selectMessages(db, where, ids.length);
  return rows.toSorted((a, b) => ids.indexOf(a.message.id) - ids.indexOf(b.message.id));
}

/** What happened to a message, oldest first. The caller has checked that it may be seen. */
export function listTimeline(db: Database, scope: Scope, messageId: string) {
  return db
    .select({
      at: timeline.at,
      event: timeline.event,
      attempt: timeline.attempt,
      data: timeline.data,
    })
    .from(timeline)
    .where(and(eq(timeline.workspaceId, scope.workspaceId), eq(timeline.messageId, messageId)))
    .orderBy(asc(timeline.id));
}

function matches(filter: MessageFilter): SQL | undefined {
  const { channel, status, direction, to, conversationId, since, until } = filter;
  return and(
    channel && eq(messages.channel, channel),
    status && eq(messages.status, status),
    direction && eq(messages.direction, direction),
    to === undefined ? undefined : eq(messages.toAddress, to),
    conversationId === undefined ? undefined : eq(messages.conversationId, conversationId),
    since && gte(messages.createdAt, since),
    until && lt(messages.createdAt, until),
  );
}

function beyond(cursor: Cursor): SQL {
  return sql`(${messages.createdAt}, ${messages.id}) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
}

// Written out: without a join drizzle leaves the table's name away, and `id` would be the file's.
const mediaIds = sql<string[]>`array(
  select d.id from ${media} d where d.message_id = "messages"."id" order by d.position)`;

function selectMessages(db: Database, where: SQL | undefined, limit: number) {
  return db
    .select({ message: messages, cursorAt: sql<string>`${messages.createdAt}::text`, mediaIds })
    .from(messages)
    .where(where)
    .orderBy(sql`${messages.createdAt} desc nulls last`, sql`${messages.id} desc nulls last`)
    .limit(limit);
}
