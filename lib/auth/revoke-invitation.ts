import { insertAudit } from "../../db/writes/audit";
import { revokeInvitationRow } from "../../db/writes/invitations";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

/** Takes an invitation back: its link stops working. */
export async function revokeInvitation(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  input: { id: string },
): Promise<{ kind: "revoked" } | { kind: "not_found" }> {
  const at = deps.clock.now();
  const { workspaceId, actor } = by;
  return deps.db.transaction(async (tx) => {
    const email = await revokeInvitationRow(tx, { workspaceId, id: input.id, at });
    if (!email) return { kind: "not_found" };
    const target = { type: "invitation", id: input.id };
    const action = "user.invitation_revoked";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data: { email } });
    return { kind: "revoked" };
  });
}
