import { and, eq, gt, isNull } from "drizzle-orm";
import type { TokenKind } from "../../../lib/domain/words";
import type { Database } from "../../client";
import { invitations, oneTimeTokens, users, workspaces } from "../../schema";

type Lookup = { tokenHash: string; now: Date };

/** A link that still works: unused, unexpired. `user` is null for the set-up link. */
export async function findOneTimeToken(db: Database, input: Lookup & { kind: TokenKind }) {
  const [row] = await db
    .select({
      id: oneTimeTokens.id,
      userId: oneTimeTokens.userId,
      name: users.name,
      email: users.email,
    })
    .from(oneTimeTokens)
    .leftJoin(users, eq(users.id, oneTimeTokens.userId))
    .where(
      and(
        eq(oneTimeTokens.tokenHash, input.tokenHash),
        eq(oneTimeTokens.kind, input.kind),
        isNull(oneTimeTokens.usedAt),
        gt(oneTimeTokens.expiresAt, input.now),
      ),
    );
  return row ?? null;
}

/** An invitation that can still be accepted, with what its page shows. */
export async function findInvitationByToken(db: Database, input: Lookup) {
  const [row] = await db
    .select({
      id: invitations.id,
      workspaceId: invitations.workspaceId,
      workspaceName: workspaces.name,
      workspaceLocale: workspaces.locale,
      email: invitations.email,
      name: invitations.name,
      role: invitations.role,
      invitedByUserId: invitations.invitedByUserId,
      inviterName: users.name,
    })
    .from(invitations)
    .innerJoin(workspaces, eq(workspaces.id, invitations.workspaceId))
    .leftJoin(users, eq(users.id, invitations.invitedByUserId))
    .where(
      and(
        eq(invitations.tokenHash, input.tokenHash),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
        gt(invitations.expiresAt, input.now),
      ),
    );
  return row ?? null;
}
