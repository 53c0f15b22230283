import { eq } from "drizzle-orm";
import type { ApiLimits } from "../../lib/domain/api-limits";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { workspaces } from "../schema";

/** How much the workspace's systems may ask for. */
export async function findApiLimits(db: Database, workspaceId: WorkspaceId): Promise<ApiLimits> {
  const [row] = await db
    .select({
      perMinute: workspaces.apiPerMinute,
      perRecipientHour: workspaces.apiPerRecipientHour,
      perRecipientDay: workspaces.apiPerRecipientDay,
    })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  if (!row) throw new Error("a workspace id is of a workspace");
  return row;
}
