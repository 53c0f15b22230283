import { and, desc, eq, isNull } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { apiKeys } from "../schema";

/** The living keys of a workspace, newest first; never their hashes. */
export async function listApiKeys(db: Database, workspaceId: WorkspaceId) {
  return db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      role: apiKeys.role,
      scopes: apiKeys.scopes,
      prefix: apiKeys.prefix,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
}
