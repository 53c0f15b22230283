import { and, desc, eq, isNull } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { invitations } from "../schema";

/** Invitations that wait for an answer, expired ones too (they can be renewed), newest first. */
export async function listOpenInvitations(db: Database, workspaceId: WorkspaceId) {
  return db
    .select({
      id: invitations.id,
      email: invitations.email,
      name: invitations.name,
      role: invitations.role,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .where(
      and(
        eq(invitations.workspaceId, workspaceId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .orderBy(desc(invitations.createdAt), desc(invitations.id));
}
