import { and, eq, ne, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { activities, conversations } from "../schema";

/** Takes somebody's name off their unresolved conversations. @returns the ids of those. */
export async function releaseConversationsOf(
  db: Database,
  input: { workspaceId: WorkspaceId; userId: string; at: Date },
) {
  const { workspaceId, at } = input;
  const released = await db
    .update(conversations)
    .set({ assigneeId: null, revision: sql`${conversations.revision} + 1` })
    .where(
      and(
        eq(conversations.workspaceId, workspaceId),
        eq(conversations.assigneeId, input.userId),
        ne(conversations.state, "resolved"),
      ),
    )
    .returning({ id: conversations.id, lastSeq: conversations.lastSeq });
  if (released.length > 0) {
    await db.insert(activities).values(
      released.map(({ id, lastSeq }) => ({
        workspaceId,
        conversationId: id,
        kind: "unassigned" as const,
        afterSeq: lastSeq,
        at,
      })),
    );
  }
  return released.map(({ id }) => id);
}
