import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { ConversationCard } from "../../lib/domain/inbox";
import type { Scope } from "../../lib/domain/viewer";
import type { InboxView } from "../../lib/domain/words";
import type { Database } from "../client";
import {
  conversationReads,
  conversations,
  integrations,
  memberships,
  messages,
  persons,
  users,
} from "../schema";
import { type Cursor, encodeCursor } from "./cursor";
import { personMatches } from "./person-search";
import { withinScope } from "./scope";
import { shownBody } from "./shown-body";
import { unreadCount } from "./unread";

/** Nobody: joins to the reader's rows then find nothing, and unread is 0. */
const NOBODY = "00000000-0000-0000-0000-000000000000";
const PREVIEW_LENGTH = 160;

export type CardQuery = {
  view: InboxView;
  /** Whose unread counts and whose "mine"; null for a caller without inbox, such as an API key. */
  userId: string | null;
  integrationId?: string | null;
  /** Searched in every state when the view is `all`: who looks for a person wants to find them. */
  q?: string | null;
  cursor?: Cursor | null;
  /** 1..200 */
  limit?: number;
};

export type CardPage = { cards: ConversationCard[]; nextCursor: string | null };

/** One page of a view of the inbox, last activity first. */
export async function listCards(db: Database, scope: Scope, query: CardQuery): Promise<CardPage> {
  const limit = query.limit ?? 50;
  const page = conversationPage(
    db,
    and(
      withinScope(conversations, scope),
      inboxView(query),
      query.integrationId ? eq(conversations.integrationId, query.integrationId) : undefined,
      answersSearch(db, scope, query.q ?? ""),
      query.cursor ? beyond(query.cursor) : undefined,
    ),
    limit + 1,
  );
  const rows = await selectCards(db, page, query.userId);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    cards: shown.map(toCard),
    nextCursor: hasMore ? encodeCursor({ at: last.cursorAt, id: last.id }) : null,
  };
}

/** The cards of these conversations that lie within the scope, in no particular order. */
export async function cardsByIds(
  db: Database,
  scope: Scope,
  input: { ids: readonly string[]; userId: string | null },
): Promise<ConversationCard[]> {
  if (input.ids.length === 0) return [];
  const page = conversationPage(
    db,
    and(withinScope(conversations, scope), inArray(conversations.id, [...input.ids])),
    input.ids.length,
  );
  const rows = await selectCards(db, page, input.userId);
  return rows.map(toCard);
}

/**
 * The first rows of a list, to be joined to what else is shown of them. The page goes by the table's
 * own name, so that columns are written the same way and no row is looked up twice.
 */
export function conversationPage(db: Database, where: SQL | undefined, limit: number) {
  return db
    .select()
    .from(conversations)
    .where(where)
    .orderBy(...LAST_ACTIVITY_FIRST)
    .limit(limit)
    .as("conversations");
}

/** As the indexes are declared, nulls included: PostgreSQL uses them for this order and no other. */
export const LAST_ACTIVITY_FIRST = [
  sql`${conversations.lastActivityAt} desc nulls last`,
  sql`${conversations.id} desc nulls last`,
];

export function beyond(cursor: Cursor): SQL {
  return sql`(${conversations.lastActivityAt}, ${conversations.id}) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
}

/** Written as literals, so that each view is proven to be its own partial index. */
export function inboxView(query: Pick<CardQuery, "view" | "userId" | "q">): SQL {
  const active = sql`${conversations.isListed} and ${conversations.state} in ('open', 'pending')`;
  switch (query.view) {
    case "mine":
      return sql`${active} and ${conversations.assigneeId} = ${query.userId ?? NOBODY}::uuid`;
    case "unassigned":
      return sql`${active} and ${conversations.assigneeId} is null`;
    case "resolved":
      return sql`${conversations.isListed} and ${conversations.state} = 'resolved'`;
    case "all":
      return query.q?.trim() ? sql`${conversations.isListed}` : active;
    default:
      return query.view satisfies never;
  }
}

function answersSearch(db: Database, scope: Scope, typed: string): SQL | undefined {
  const matches = personMatches(typed);
  if (!matches) return undefined;
  const found = db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.workspaceId, scope.workspaceId), matches));
  return inArray(conversations.personId, found);
}

const labelsOfConversation = sql<{ id: string; name: string; color: string }[]>`(
  select coalesce(json_agg(json_build_object('id', l.id, 'name', l.name, 'color', l.color) order by l.name), '[]')
  from conversation_labels cl join labels l on l.id = cl.label_id
  where cl.conversation_id = ${conversations.id})`;

const mediaOfLastMessage = sql<number>`(
  select count(*)::int from media where media.message_id = ${conversations.lastMessageId})`;

type CardRow = Awaited<ReturnType<typeof selectCards>>[number];

function selectCards(
  db: Database,
  page: ReturnType<typeof conversationPage>,
  userId: string | null,
) {
  const reader = userId ?? NOBODY;
  return db
    .select({
      id: conversations.id,
      cursorAt: sql<string>`${conversations.lastActivityAt}::text`,
      revision: conversations.revision,
      personId: persons.id,
      personName: persons.name,
      blockedAt: persons.blockedAt,
      address: conversations.address,
      integrationId: conversations.integrationId,
      channel: integrations.type,
      state: conversations.state,
      priority: conversations.priority,
      assigneeId: users.id,
      assigneeName: users.name,
      labels: labelsOfConversation,
      lastSeq: conversations.lastSeq,
      inboundCount: conversations.inboundCount,
      isListed: conversations.isListed,
      unread: unreadCount(),
      lastActivityAt: conversations.lastActivityAt,
      waitingSince: conversations.waitingSince,
      messageId: messages.id,
      direction: messages.direction,
      kind: messages.kind,
      preview: sql<string | null>`left(${shownBody(messages)}, ${sql.raw(String(PREVIEW_LENGTH))})`,
      status: messages.status,
      mediaCount: mediaOfLastMessage,
      authorUserId: messages.authorUserId,
    })
    .from(page)
    .innerJoin(persons, eq(persons.id, conversations.personId))
    .innerJoin(integrations, eq(integrations.id, conversations.integrationId))
    .leftJoin(users, eq(users.id, conversations.assigneeId))
    .leftJoin(messages, eq(messages.id, conversations.lastMessageId))
    .leftJoin(
      memberships,
      and(eq(memberships.workspaceId, conversations.workspaceId), eq(memberships.userId, reader)),
    )
    .leftJoin(
      conversationReads,
      and(
        eq(conversationReads.conversationId, conversations.id),
        eq(conversationReads.userId, reader),
      ),
    )
    .orderBy(desc(conversations.lastActivityAt), desc(conversations.id));
}

function toCard(row: CardRow): ConversationCard {
  return {
    id: row.id,
    revision: row.revision,
    person: {
      id: row.personId,
      name: row.personName,
      address: row.address,
      isBlocked: row.blockedAt !== null,
    },
    integrationId: row.integrationId,
    channel: row.channel,
    state: row.state,
    priority: row.priority,
    assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? "" } : null,
    labels: row.labels,
    lastSeq: row.lastSeq,
    inboundCount: row.inboundCount,
    isListed: row.isListed,
    unread: row.unread,
    lastActivityAt: row.lastActivityAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    lastMessage: lastMessageOf(row),
  };
}

function lastMessageOf(row: CardRow): ConversationCard["lastMessage"] {
  if (!row.messageId || !row.direction || !row.kind || !row.status) return null;
  return {
    id: row.messageId,
    direction: row.direction,
    kind: row.kind,
    preview: row.preview ?? "",
    status: row.status,
    mediaCount: row.mediaCount,
    authorUserId: row.authorUserId,
  };
}
