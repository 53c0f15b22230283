import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { ConversationCard } from "../../lib/domain/inbox";
import type { Scope } from "../../lib/domain/viewer";
import type { ConversationState } from "../../lib/domain/words";
import type { Database } from "../client";
import { conversations, persons } from "../schema";
import { beyond, cardsByIds, LAST_ACTIVITY_FIRST } from "./cards";
import { type Cursor, encodeCursor } from "./cursor";
import { personMatches } from "./person-search";
import { withinScope } from "./scope";

export type ConversationFilter = {
  state?: ConversationState;
  /** null: nobody's. */
  assigneeId?: string | null;
  integrationId?: string;
  q?: string;
};

/** Every conversation somebody takes part in that the reader may see, last activity first. */
export async function listConversations(
  db: Database,
  scope: Scope,
  query: {
    filter: ConversationFilter;
    userId: string | null;
    cursor: Cursor | null;
    limit: number;
  },
): Promise<{ cards: ConversationCard[]; nextCursor: string | null }> {
  const { cursor, limit } = query;
  const rows = await db
    .select({ id: conversations.id, at: sql<string>`${conversations.lastActivityAt}::text` })
    .from(conversations)
    .where(
      and(
        withinScope(conversations, scope),
        eq(conversations.isListed, true),
        matches(db, scope, query.filter),
        cursor ? beyond(cursor) : undefined,
      ),
    )
    .orderBy(...LAST_ACTIVITY_FIRST)
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const ids = shown.map((row) => row.id);
  const cards = await cardsByIds(db, scope, { ids, userId: query.userId });
  return {
    cards: cards.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
    nextCursor: last ? encodeCursor(last) : null,
  };
}

function matches(db: Database, scope: Scope, filter: ConversationFilter): SQL | undefined {
  const { state, assigneeId, integrationId } = filter;
  return and(
    state && eq(conversations.state, state),
    assigneeId === null ? isNull(conversations.assigneeId) : undefined,
    assigneeId ? eq(conversations.assigneeId, assigneeId) : undefined,
    integrationId === undefined ? undefined : eq(conversations.integrationId, integrationId),
    ofPerson(db, scope, filter.q ?? ""),
  );
}

function ofPerson(db: Database, scope: Scope, typed: string): SQL | undefined {
  const found = personMatches(typed);
  if (!found) return undefined;
  const ids = db
    .select({ id: persons.id })
    .from(persons)
    .where(and(eq(persons.workspaceId, scope.workspaceId), found));
  return inArray(conversations.personId, ids);
}
