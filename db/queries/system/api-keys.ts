import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../../client";
import { type Given, rememberQuery } from "../../remember-query";
import { apiKeys, workspaces } from "../../schema";

const byHash = rememberQuery((db, given: Given<"keyHash">) =>
  db
    .select({
      id: apiKeys.id,
      workspaceId: apiKeys.workspaceId,
      role: apiKeys.role,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
      /** Of the workspace; null: there is no limit. */
      apiPerMinute: workspaces.apiPerMinute,
    })
    .from(apiKeys)
    .innerJoin(workspaces, eq(workspaces.id, apiKeys.workspaceId))
    .where(and(eq(apiKeys.keyHash, given("keyHash")), isNull(apiKeys.revokedAt))),
);

/** The living key with that hash, whichever workspace it belongs to. */
export async function findApiKeyByHash(db: Database, keyHash: string) {
  const [row] = await byHash(db, { keyHash });
  return row ?? null;
}
