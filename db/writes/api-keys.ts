import { and, eq, isNull } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { apiKeys } from "../schema";

export async function insertApiKey(db: Database, row: typeof apiKeys.$inferInsert) {
  await db.insert(apiKeys).values(row);
}

export async function touchApiKey(
  db: Database,
  input: { workspaceId: WorkspaceId; id: string; at: Date },
) {
  await db
    .update(apiKeys)
    .set({ lastUsedAt: input.at })
    .where(and(eq(apiKeys.workspaceId, input.workspaceId), eq(apiKeys.id, input.id)));
}

/** @returns its name, or null when there is no such living key in this workspace. */
export async function revokeApiKeyRow(
  db: Database,
  input: { workspaceId: WorkspaceId; id: string; at: Date },
) {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: input.at })
    .where(
      and(
        eq(apiKeys.workspaceId, input.workspaceId),
        eq(apiKeys.id, input.id),
        isNull(apiKeys.revokedAt),
      ),
    )
    .returning({ name: apiKeys.name });
  return row?.name ?? null;
}
