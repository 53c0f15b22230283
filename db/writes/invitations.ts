import { and, eq, gt, isNull } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { invitations } from "../schema";

/** An open invitation of the same address ends here: its link stops working, the new one takes its place. */
export async function replaceInvitation(db: Database, row: typeof invitations.$inferInsert) {
  await db
    .update(invitations)
    .set({ revokedAt: row.createdAt })
    .where(
      and(
        eq(invitations.workspaceId, row.workspaceId),
        eq(invitations.email, row.email),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    );
  await db.insert(invitations).values(row);
}

/** Takes an invitation; of two who try, one gets it. @returns null when it cannot be taken any more. */
export async function claimInvitation(db: Database, input: { tokenHash: string; now: Date }) {
  const [row] = await db
    .update(invitations)
    .set({ acceptedAt: input.now })
    .where(
      and(
        eq(invitations.tokenHash, input.tokenHash),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, input.now),
      ),
    )
    .returning();
  return row ?? null;
}

/** @returns the invited address, or null when there is no such open invitation in this workspace. */
export async function revokeInvitationRow(
  db: Database,
  input: { workspaceId: WorkspaceId; id: string; at: Date },
) {
  const [row] = await db
    .update(invitations)
    .set({ revokedAt: input.at })
    .where(
      and(
        eq(invitations.workspaceId, input.workspaceId),
        eq(invitations.id, input.id),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .returning({ email: invitations.email });
  return row?.email ?? null;
}
