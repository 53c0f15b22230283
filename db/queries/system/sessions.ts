import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "../../client";
import {
  integrations,
  integrationViewers,
  memberships,
  sessions,
  users,
  workspaces,
} from "../../schema";

export type SessionRow = NonNullable<Awaited<ReturnType<typeof findSession>>>;

/**
 * A living session with everything a gate decides by: user, role in the session's workspace and which
 * numbers are visible. One statement a request, so that every change of those acts at once.
 *
 * @returns null when the session is unknown, has expired, or its user is no active member there.
 */
export async function findSession(db: Database, input: { sessionId: string; now: Date }) {
  const [row] = await db
    .select({
      session: sessions,
      user: {
        id: users.id,
        name: users.name,
        email: users.email,
        locale: users.locale,
        theme: users.theme,
        timeZone: users.timeZone,
      },
      role: memberships.role,
      personId: memberships.personId,
      workspace: workspaces,
      senders: visibleSenders(),
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(workspaces, eq(workspaces.id, sessions.workspaceId))
    .innerJoin(
      memberships,
      and(
        eq(memberships.workspaceId, sessions.workspaceId),
        eq(memberships.userId, sessions.userId),
        eq(memberships.isActive, true),
      ),
    )
    .where(and(eq(sessions.id, input.sessionId), gt(sessions.expiresAt, input.now)));
  return row ?? null;
}

/**
 * Where a living session could go when its workspace is no longer its user's: the oldest active membership.
 */
export async function findHomeOfSession(db: Database, input: { sessionId: string; now: Date }) {
  const [row] = await db
    .select({ userId: sessions.userId, workspaceId: memberships.workspaceId })
    .from(sessions)
    .innerJoin(
      memberships,
      and(eq(memberships.userId, sessions.userId), eq(memberships.isActive, true)),
    )
    .where(and(eq(sessions.id, input.sessionId), gt(sessions.expiresAt, input.now)))
    .orderBy(asc(memberships.createdAt))
    .limit(1);
  return row ?? null;
}

/** The living sessions of a user, newest use first. */
export async function listSessions(db: Database, input: { userId: string; now: Date }) {
  return db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, input.userId), gt(sessions.expiresAt, input.now)))
    .orderBy(sql`${sessions.lastSeenAt} desc`);
}

/** `hidden`: how many numbers the user may not see; `ids`: those they may. Admins see all. */
function visibleSenders() {
  return sql<{ hidden: number; ids: string[] }>`(
    select json_build_object(
      'hidden', count(*) filter (where not v.visible),
      'ids', coalesce(json_agg(v.id) filter (where v.visible), '[]'::json)
    )
    from (
      select ${integrations.id} as id,
        ${integrations.isVisibleToAll} or ${memberships.role} in ('admin', 'owner') or exists (
          select 1 from ${integrationViewers}
          where ${integrationViewers.integrationId} = ${integrations.id}
            and ${integrationViewers.userId} = ${sessions.userId}
        ) as visible
      from ${integrations}
      where ${integrations.workspaceId} = ${sessions.workspaceId}
    ) v
  )`;
}
