import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "../client";
import { activities, conversations } from "../schema";

/**
 * Opens the conversations, over all workspaces, whose time has come, with a line of it in their
 * threads; the longest due first, those that somebody is just changing the next time.
 */
export async function wakeSnoozedRows(db: Database, input: { now: Date; limit: number }) {
  const { now, limit } = input;
  const due = db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.state, "snoozed"), lte(conversations.snoozedUntil, now)))
    .orderBy(asc(conversations.snoozedUntil))
    .limit(limit)
    .for("update", { skipLocked: true });
  const woken = await db
    .update(conversations)
    .set({
      state: "open",
      snoozedUntil: null,
      stateReason: null,
      revision: sql`${conversations.revision} + 1`,
    })
    .where(inArray(conversations.id, due))
    .returning({
      id: conversations.id,
      workspaceId: conversations.workspaceId,
      lastSeq: conversations.lastSeq,
    });
  if (woken.length > 0) {
    await db.insert(activities).values(
      woken.map(({ id, workspaceId, lastSeq }) => ({
        workspaceId,
        conversationId: id,
        kind: "reopened" as const,
        afterSeq: lastSeq,
        at: now,
      })),
    );
  }
  return woken;
}
