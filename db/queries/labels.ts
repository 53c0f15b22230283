import { and, asc, eq, inArray } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { labels } from "../schema";

/** The workspace's labels by name. */
export function listLabels(db: Database, workspaceId: WorkspaceId) {
  return db
    .select({ id: labels.id, name: labels.name, color: labels.color })
    .from(labels)
    .where(eq(labels.workspaceId, workspaceId))
    .orderBy(asc(labels.name));
}

/** Those of the ids that are labels of the workspace. */
export async function knownLabels(
  db: Database,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ id: labels.id })
    .from(labels)
    .where(and(eq(labels.workspaceId, workspaceId), inArray(labels.id, [...ids])));
  return rows.map((row) => row.id);
}
