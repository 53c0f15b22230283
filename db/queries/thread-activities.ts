import { and, asc, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { ThreadActivity } from "../../lib/domain/inbox";
import type { Scope } from "../../lib/domain/viewer";
import type { Database } from "../client";
import { activities, users } from "../schema";

const MAX_ACTIVITIES = 200;
/** Activities that go with a live update; screens merge them by id. */
const RECENT_ACTIVITIES = 5;

/** The last few activities of each of these conversations, oldest first. */
export async function recentActivities(
  db: Database,
  scope: Pick<Scope, "workspaceId">,
  conversationIds: readonly string[],
): Promise<Map<string, ThreadActivity[]>> {
  const found = new Map<string, ThreadActivity[]>();
  if (conversationIds.length === 0) return found;
  const ranked = db
    .select({
      id: activities.id,
      rank: sql<number>`row_number() over (partition by ${activities.conversationId} order by ${activities.afterSeq} desc, ${activities.id} desc)`.as(
        "rank",
      ),
    })
    .from(activities)
    .where(
      and(
        eq(activities.workspaceId, scope.workspaceId),
        inArray(activities.conversationId, [...conversationIds]),
      ),
    )
    .as("ranked");
  const rows = await db
    .select(ACTIVITY)
    .from(activities)
    .innerJoin(ranked, eq(ranked.id, activities.id))
    .leftJoin(users, eq(users.id, activities.actorUserId))
    .where(sql`${ranked.rank} <= ${RECENT_ACTIVITIES}`)
    .orderBy(asc(activities.id));
  for (const row of rows) {
    const list = found.get(row.conversationId) ?? [];
    list.push(toActivity(row));
    found.set(row.conversationId, list);
  }
  return found;
}

const ACTIVITY = {
  id: activities.id,
  conversationId: activities.conversationId,
  kind: activities.kind,
  actorId: users.id,
  actorName: users.name,
  data: activities.data,
  afterSeq: activities.afterSeq,
  at: activities.at,
};

/**
 * The activities of one page of a thread, oldest first: those after the message `from`, and before the
 * message `before` where there is one (both `seq`).
 */
export async function listActivities(
  db: Database,
  scope: Pick<Scope, "workspaceId">,
  input: { conversationId: string; from: number; before: number | null },
): Promise<ThreadActivity[]> {
  const rows = await db
    .select(ACTIVITY)
    .from(activities)
    .leftJoin(users, eq(users.id, activities.actorUserId))
    .where(
      and(
        eq(activities.workspaceId, scope.workspaceId),
        eq(activities.conversationId, input.conversationId),
        gte(activities.afterSeq, input.from),
        input.before === null ? undefined : lt(activities.afterSeq, input.before),
      ),
    )
    .orderBy(desc(activities.afterSeq), desc(activities.id))
    .limit(MAX_ACTIVITIES);
  return rows.reverse().map(toActivity);
}

type ActivityRow = {
  id: number;
  kind: string;
  actorId: string | null;
  actorName: string | null;
  data: Record<string, string | null>;
  afterSeq: number;
  at: Date;
};

function toActivity(row: ActivityRow): ThreadActivity {
  return {
    id: row.id,
    kind: row.kind,
    actor: row.actorId ? { id: row.actorId, name: row.actorName ?? "" } : null,
    data: row.data,
    afterSeq: row.afterSeq,
    at: row.at.toISOString(),
  };
}
