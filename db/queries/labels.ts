import { and, eq, inArray } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { labels } from "../schema";

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
