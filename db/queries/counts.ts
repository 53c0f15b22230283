import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { InboxCounts, SenderSummary } from "../../lib/domain/inbox";
import type { Scope } from "../../lib/domain/viewer";
import { INBOX_VIEWS, type InboxView } from "../../lib/domain/words";
import type { Database } from "../client";
import { conversationReads, conversations, integrations, memberships, users } from "../schema";
import { conversationPage, inboxView, LAST_ACTIVITY_FIRST } from "./cards";
import { withinScope } from "./scope";
import { unreadCount } from "./unread";

/** Counting stops here: a count of 1000 is shown as 999+. */
export const COUNT_CAP = 1000;
/** Unread per number looks at this many of the workspace's most recent open conversations. */
const UNREAD_REACH = 1000;

/** How many conversations each view of the inbox holds for this agent, at most COUNT_CAP. */
export async function countViews(
  db: Database,
  scope: Scope,
  userId: string | null,
): Promise<InboxCounts> {
  const capped = (view: InboxView): SQL<number> => {
    const rows = db
      .select({ one: sql`1` })
      .from(conversations)
      .where(and(withinScope(conversations, scope), inboxView({ view, userId })))
      .orderBy(...LAST_ACTIVITY_FIRST)
      .limit(COUNT_CAP);
    return sql<number>`(select count(*)::int from ${rows} capped)`;
  };
  const columns = INBOX_VIEWS.map((view) => sql`${capped(view)} as ${sql.identifier(view)}`);
  const [row] = await db.execute<InboxCounts>(sql`select ${sql.join(columns, sql`, `)}`);
  if (!row) throw new Error("a select without from returns one row");
  return row;
}

/**
 * The numbers this agent may see, default first, each with how many of its open conversations they
 * have not read (among the most recent 1000 of the workspace).
 */
export async function listSenders(
  db: Database,
  scope: Scope,
  userId: string | null,
): Promise<SenderSummary[]> {
  const visible =
    scope.integrations === "all"
      ? undefined
      : scope.integrations.length === 0
        ? sql`false`
        : inArray(integrations.id, [...scope.integrations]);
  const rows = await db
    .select({
      id: integrations.id,
      name: integrations.name,
      type: integrations.type,
      sender: integrations.sender,
      isActive: integrations.isActive,
      isDefault: integrations.isDefault,
    })
    .from(integrations)
    .where(
      and(eq(integrations.workspaceId, scope.workspaceId), isNull(integrations.deletedAt), visible),
    )
    .orderBy(asc(integrations.type), sql`${integrations.isDefault} desc`, asc(integrations.name));
  const unread = userId ? await unreadPerSender(db, scope, userId) : new Map<string, number>();
  return rows.map((row) => ({ ...row, unread: unread.get(row.id) ?? 0 }));
}

/** Who a conversation can be given to: active people of the workspace who answer customers. */
export function listAssignees(db: Database, scope: Pick<Scope, "workspaceId">) {
  return db
    .select({ id: users.id, name: users.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.workspaceId, scope.workspaceId),
        eq(memberships.isActive, true),
        inArray(memberships.role, ["agent", "admin", "owner"]),
      ),
    )
    .orderBy(asc(users.name), asc(users.id));
}

async function unreadPerSender(db: Database, scope: Scope, userId: string) {
  const recent = conversationPage(
    db,
    and(withinScope(conversations, scope), inboxView({ view: "all", userId })),
    UNREAD_REACH,
  );
  // The limit keeps this a look-up a row: joined freely, it can become a read of the whole table.
  const read = db
    .select()
    .from(conversationReads)
    .where(
      and(
        sql`${conversationReads.conversationId} = ${sql.identifier("conversations")}.id`,
        eq(conversationReads.userId, userId),
      ),
    )
    .limit(1)
    .as("conversation_reads");
  const rows = await db
    .select({ integrationId: conversations.integrationId, unread: sql<number>`count(*)::int` })
    .from(recent)
    .innerJoin(
      memberships,
      and(eq(memberships.workspaceId, conversations.workspaceId), eq(memberships.userId, userId)),
    )
    .leftJoinLateral(read, sql`true`)
    .where(sql`${unreadCount()} > 0`)
    .groupBy(conversations.integrationId);
  return new Map(rows.map((row) => [row.integrationId, row.unread]));
}
