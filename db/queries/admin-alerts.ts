import { and, desc, eq, isNull } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { adminAlerts } from "../schema";

/** What an administrator has to mend, the latest first. */
export async function listOpenAlerts(db: Database, workspaceId: WorkspaceId) {
  return db
    .select({
      id: adminAlerts.id,
      kind: adminAlerts.kind,
      targetId: adminAlerts.targetId,
      errorCode: adminAlerts.errorCode,
      data: adminAlerts.data,
      count: adminAlerts.count,
      lastAt: adminAlerts.lastAt,
    })
    .from(adminAlerts)
    .where(and(eq(adminAlerts.workspaceId, workspaceId), isNull(adminAlerts.resolvedAt)))
    .orderBy(desc(adminAlerts.lastAt), desc(adminAlerts.id))
    .limit(20);
}
