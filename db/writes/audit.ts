import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { adminAlerts, auditLog } from "../schema";

export type AuditEntry = {
  workspaceId: WorkspaceId;
  at: Date;
  actor: Actor;
  /** Such as `user.role_changed`. */
  action: string;
  target: { type: string; id: string };
  /** What changed; never a secret. */
  data?: Record<string, unknown>;
};

/** Writes down an administrative change, in the transaction that makes it. */
export async function insertAudit(db: Database, entry: AuditEntry) {
  await db.insert(auditLog).values({
    workspaceId: entry.workspaceId,
    at: entry.at,
    actorUserId: entry.actor.kind === "user" ? entry.actor.userId : null,
    apiKeyId: entry.actor.kind === "api_key" ? entry.actor.apiKeyId : null,
    action: entry.action,
    targetType: entry.target.type,
    targetId: entry.target.id,
    data: entry.data ?? {},
  });
}

/** @returns whether there was such an open alert in this workspace. */
export async function resolveAlertRow(
  db: Database,
  input: { workspaceId: WorkspaceId; id: string; at: Date },
) {
  const rows = await db
    .update(adminAlerts)
    .set({ resolvedAt: input.at })
    .where(
      and(
        eq(adminAlerts.workspaceId, input.workspaceId),
        eq(adminAlerts.id, input.id),
        isNull(adminAlerts.resolvedAt),
      ),
    )
    .returning({ id: adminAlerts.id });
  return rows.length > 0;
}

/** What was wrong with an account or sender has been mended. */
export async function resolveAlertsOf(
  db: Database,
  input: { workspaceId: WorkspaceId; targetId: string; at: Date },
) {
  await db
    .update(adminAlerts)
    .set({ resolvedAt: input.at })
    .where(
      and(
        eq(adminAlerts.workspaceId, input.workspaceId),
        eq(adminAlerts.targetId, input.targetId),
        isNull(adminAlerts.resolvedAt),
      ),
    );
}
