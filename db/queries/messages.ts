import { and, asc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { Channel, Direction, MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { attempts, media, messages, timeline } from "../schema";
import { type Cursor, encodeCursor } from "./cursor";
import { countedEstimate, shownReason } from "./message-cost";
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

/** The timeline's word for a message in whose place its notification, or one of them, was sent again. */
export const RESENT = "resent";

/** Has what it tells been sent again in its place? */
export async function wasResent(
  db: Database,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: timeline.id })
    .from(timeline)
    .where(
      and(
        eq(timeline.workspaceId, workspaceId),
        eq(timeline.messageId, id),
        eq(timeline.event, RESENT),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/**
 * What happened to a message, oldest first: what was written down, and its attempts that were
 * accepted. The caller has checked that it may be seen.
 */
export function listTimeline(db: Database, scope: Scope, messageId: string) {
  const { workspaceId } = scope;
  const told = db
    .select({
      at: timeline.at,
      /** Of one moment: what led to an attempt, its acceptance, what came of it. */
      turn: sql<number>`case ${timeline.event} when 'callback' then 2 else 0 end`.as("turn"),
      id: timeline.id,
      event: timeline.event,
      attempt: timeline.attempt,
      data: timeline.data,
    })
    .from(timeline)
    .where(and(eq(timeline.workspaceId, workspaceId), eq(timeline.messageId, messageId)));
  const accepted = db
    .select({
      at: sql<Date>`${attempts.finishedAt}`.as("at"),
      turn: sql<number>`1`.as("turn"),
      id: sql<number>`${attempts.number}`.as("id"),
      event: sql<string>`'accepted'`.as("event"),
      attempt: attempts.number,
      data: sql`jsonb_build_object('providerId', ${attempts.providerId})`.as("data"),
    })
    .from(attempts)
    .where(
      and(
        eq(attempts.workspaceId, workspaceId),
        eq(attempts.messageId, messageId),
        eq(attempts.outcome, "accepted"),
      ),
    );
  const lines = told.unionAll(accepted as never).as("lines");
  const { at, turn, id, event, attempt, data } = lines;
  return db.select({ at, event, attempt, data }).from(lines).orderBy(asc(at), asc(turn), asc(id));
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
    .select({
      message: messages,
      statusReason: shownReason,
      estimate: countedEstimate,
      cursorAt: sql<string>`${messages.createdAt}::text`,
      mediaIds,
    })
    .from(messages)
    .where(where)
    .orderBy(sql`${messages.createdAt} desc nulls last`, sql`${messages.id} desc nulls last`)
    .limit(limit);
}
