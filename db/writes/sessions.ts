import { and, eq, lt, ne } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { sessions } from "../schema";

export async function insertSession(db: Database, row: typeof sessions.$inferInsert) {
  await db.insert(sessions).values(row);
}

/** Slides a session's end. */
export async function touchSession(
  db: Database,
  input: { sessionId: string; lastSeenAt: Date; expiresAt: Date },
) {
  await db
    .update(sessions)
    .set({ lastSeenAt: input.lastSeenAt, expiresAt: input.expiresAt })
    .where(and(eq(sessions.id, input.sessionId), lt(sessions.lastSeenAt, input.lastSeenAt)));
}

export async function moveSession(
  db: Database,
  input: { sessionId: string; userId: string; workspaceId: WorkspaceId },
) {
  const rows = await db
    .update(sessions)
    .set({ workspaceId: input.workspaceId })
    .where(and(eq(sessions.id, input.sessionId), eq(sessions.userId, input.userId)))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

/** @returns the user whose session it was, or null. */
export async function deleteSession(db: Database, sessionId: string) {
  const [row] = await db
    .delete(sessions)
    .where(eq(sessions.id, sessionId))
    .returning({ userId: sessions.userId });
  return row?.userId ?? null;
}

/** @returns how many browsers were signed out. */
export async function deleteSessionsOfUser(
  db: Database,
  input: { userId: string; exceptSessionId?: string },
) {
  const rows = await db
    .delete(sessions)
    .where(
      and(
        eq(sessions.userId, input.userId),
        input.exceptSessionId ? ne(sessions.id, input.exceptSessionId) : undefined,
      ),
    )
    .returning({ id: sessions.id });
  return rows.length;
}

/** Sessions whose end has passed are of no use to anybody. */
export async function deleteExpiredSessions(db: Database, input: { userId: string; now: Date }) {
  await db
    .delete(sessions)
    .where(and(eq(sessions.userId, input.userId), lt(sessions.expiresAt, input.now)));
}
