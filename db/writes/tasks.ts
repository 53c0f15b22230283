import { and, eq, isNull } from "drizzle-orm";
import type { TaskResolution } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import type { TaskRow } from "../queries/tasks";
import { conversations, tasks } from "../schema";

type Closing = { resolution: TaskResolution; at: Date; userId: string | null };

/** False: it is closed already. */
export async function closeTask(
  tx: Database,
  { workspaceId, id }: Pick<TaskRow, "workspaceId" | "id">,
  { resolution, at, userId }: Closing,
): Promise<boolean> {
  const rows = await tx
    .update(tasks)
    .set({ closedAt: at, closedBy: userId, resolution })
    .where(and(eq(tasks.workspaceId, workspaceId), eq(tasks.id, id), isNull(tasks.closedAt)))
    .returning({ id: tasks.id });
  return rows.length > 0;
}

type Move = { workspaceId: WorkspaceId; personId: string; from: string; to: string };

/** A person's conversations at an address are at another one from now on. */
export async function moveConversations(
  tx: Database,
  { workspaceId, personId, from, to }: Move,
): Promise<void> {
  await tx
    .update(conversations)
    .set({ address: to })
    .where(
      and(
        eq(conversations.workspaceId, workspaceId),
        eq(conversations.personId, personId),
        eq(conversations.address, from),
      ),
    );
}
