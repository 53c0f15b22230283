import { asc, eq, getTableColumns } from "drizzle-orm";
import type { KeptType } from "../../lib/domain/notification-types/registry";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { notificationTypes } from "../schema";

const { workspaceId: _, updatedAt: __, ...columns } = getTableColumns(notificationTypes);

/** The columns of a `KeptType`. */
export const KEPT_TYPE = columns;

/** What a workspace says about types, by their keys. */
export async function listKeptTypes(db: Database, workspaceId: WorkspaceId): Promise<KeptType[]> {
  return db
    .select(KEPT_TYPE)
    .from(notificationTypes)
    .where(eq(notificationTypes.workspaceId, workspaceId))
    .orderBy(asc(notificationTypes.key));
}
