import { findMemberByEmail } from "../../db/queries/users";
import { insertAudit } from "../../db/writes/audit";
import { replaceInvitation } from "../../db/writes/invitations";
import { normaliseEmail } from "../domain/email-address";
import { mayGrant } from "../domain/role-rules";
import type { Administrator } from "../domain/viewer";
import type { Role } from "../domain/words";
import type { Deps } from "../ports/deps";
import { mintSecret } from "./secrets";

const LIFETIME_MS = 7 * 24 * 3_600_000;

export type InviteOutcome =
  | { kind: "invited"; id: string; link: string; expiresAt: Date }
  | { kind: "invalid_email" }
  | { kind: "already_member" }
  | { kind: "forbidden" };

/**
 * Asks somebody into the workspace. The link works once, for 7 days; inviting the same address again
 * replaces it. Nothing is sent: whoever invites hands the link over.
 */
export async function inviteUser(
  deps: Pick<Deps, "db" | "clock" | "chance" | "settings">,
  by: Administrator,
  input: { email: string; name: string | null; role: Role },
): Promise<InviteOutcome> {
  if (!mayGrant(by.role, input.role)) return { kind: "forbidden" };
  const email = normaliseEmail(input.email);
  if (!email) return { kind: "invalid_email" };
  const member = await findMemberByEmail(deps.db, by.workspaceId, email);
  if (member?.isActive) return { kind: "already_member" };
  const now = deps.clock.now();
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  const { secret, hash } = mintSecret(deps.chance);
  const id = deps.chance.uuid();
  await deps.db.transaction(async (tx) => {
    await replaceInvitation(tx, {
      id,
      workspaceId: by.workspaceId,
      email,
      name: input.name,
      role: input.role,
      tokenHash: hash,
      invitedByUserId: by.actor.kind === "user" ? by.actor.userId : null,
      createdAt: now,
      expiresAt,
    });
    await insertAudit(tx, {
      workspaceId: by.workspaceId,
      at: now,
      actor: by.actor,
      action: "user.invited",
      target: { type: "invitation", id },
      data: { email, role: input.role },
    });
  });
  return { kind: "invited", id, link: `${deps.settings.appUrl}/invite/${secret}`, expiresAt };
}
