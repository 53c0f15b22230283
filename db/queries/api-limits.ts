import { eq } from "drizzle-orm";
import type { ApiLimits } from "../../lib/domain/api-limits";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import { workspaces } from "../schema";

const limitsOf = rememberQuery((db, given: Given<"workspaceId">) =>
  db
    .select({
      perMinute: workspaces.apiPerMinute,
      perRecipientHour: workspaces.apiPerRecipientHour,
      perRecipientDay: workspaces.apiPerRecipientDay,
    })
    .from(workspaces)
    .where(eq(workspaces.id, given("workspaceId"))),
);

/** How much the workspace's systems may ask for. */
export async function findApiLimits(db: Database, workspaceId: WorkspaceId): Promise<ApiLimits> {
  const [row] = await limitsOf(db, { workspaceId });
  if (!row) throw new Error("a workspace id is of a workspace");
  return row;
}
