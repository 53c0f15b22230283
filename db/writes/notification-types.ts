import { and, eq } from "drizzle-orm";
import type { KeptType } from "../../lib/domain/notification-types/registry";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { notificationTypes } from "../schema";

type Keeping = { workspaceId: WorkspaceId; type: KeptType; at: Date };

function toRow({ workspaceId, type, at }: Keeping): typeof notificationTypes.$inferInsert {
  const lists = {
    channels: [...type.channels],
    variables: [...type.variables],
    replyCodes: [...type.replyCodes],
    canceledBy: [...type.canceledBy],
    reminderPlan: [...type.reminderPlan],
  };
  return { ...type, ...lists, workspaceId, updatedAt: at };
}

/** @returns false where the workspace has one of that key */
export async function insertType(tx: Database, keeping: Keeping): Promise<boolean> {
  const rows = await tx
    .insert(notificationTypes)
    .values(toRow(keeping))
    .onConflictDoNothing()
    .returning({ key: notificationTypes.key });
  return rows.length > 0;
}

export async function putType(tx: Database, keeping: Keeping): Promise<void> {
  const row = toRow(keeping);
  await tx
    .insert(notificationTypes)
    .values(row)
    .onConflictDoUpdate({
      target: [notificationTypes.workspaceId, notificationTypes.key],
      set: row,
    });
}

/** @returns false where there was none of that key */
export async function deleteType(
  tx: Database,
  { workspaceId, key }: { workspaceId: WorkspaceId; key: string },
): Promise<boolean> {
  const rows = await tx
    .delete(notificationTypes)
    .where(and(eq(notificationTypes.workspaceId, workspaceId), eq(notificationTypes.key, key)))
    .returning({ key: notificationTypes.key });
  return rows.length > 0;
}
