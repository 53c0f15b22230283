import { asc, eq, getTableColumns } from "drizzle-orm";
import type { KeptType } from "../../lib/domain/notification-types/registry";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { notificationTypes } from "../schema";

/** What a workspace says about types, by their keys. */
export async function listKeptTypes(db: Database, workspaceId: WorkspaceId): Promise<KeptType[]> {
  const { workspaceId: _, updatedAt: __, ...columns } = getTableColumns(notificationTypes);
  return db
    .select(columns)
    .from(notificationTypes)
    .where(eq(notificationTypes.workspaceId, workspaceId))
    .orderBy(asc(notificationTypes.key));
}
