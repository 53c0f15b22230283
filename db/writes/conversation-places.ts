import { and, eq } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { conversations } from "../schema";

type Of = { workspaceId: WorkspaceId; personId: string; integrationId: string | null };
type Place = { id: string; address: string };

/** Where a person is written to by a sender, locked until the commit; null: they never were. */
export async function lockConversationPlace(
  tx: Database,
  { workspaceId, personId, integrationId }: Of,
): Promise<Place | null> {
  if (integrationId === null) return null;
  const [row] = await tx
    .select({ id: conversations.id, address: conversations.address })
    .from(conversations)
    .where(
      and(
        eq(conversations.workspaceId, workspaceId),
        eq(conversations.personId, personId),
        eq(conversations.integrationId, integrationId),
      ),
    )
    .for("update");
  return row ?? null;
}

export async function putConversationPlace(
  tx: Database,
  { workspaceId, id, address }: Place & { workspaceId: WorkspaceId },
): Promise<void> {
  await tx
    .update(conversations)
    .set({ address })
    .where(and(eq(conversations.workspaceId, workspaceId), eq(conversations.id, id)));
}
