import { findMember } from "../../db/queries/users";
import { insertAudit } from "../../db/writes/audit";
import { lockActiveOwners, updateMembership } from "../../db/writes/users";
import { isLastOwner, mayGrant, mayManage } from "../domain/role-rules";
import type { Administrator } from "../domain/viewer";
import type { Role } from "../domain/words";
import type { Deps } from "../ports/deps";

export type ChangeRoleOutcome =
  | { kind: "changed" }
  | { kind: "unchanged" }
  | { kind: "not_found" }
  | { kind: "forbidden" }
  | { kind: "last_owner" };

/** Gives a member another role, which acts on their very next request. The last owner stays one. */
export async function changeRole(
  deps: Pick<Deps, "db" | "clock" | "realtime">,
  by: Administrator,
  input: { userId: string; role: Role },
): Promise<ChangeRoleOutcome> {
  const { workspaceId, actor } = by;
  const { userId, role } = input;
  const outcome = await deps.db.transaction(async (tx): Promise<ChangeRoleOutcome> => {
    const owners = await lockActiveOwners(tx, workspaceId);
    const member = await findMember(tx, workspaceId, userId);
    if (!member) return { kind: "not_found" };
    if (!mayManage(by.role, member.role) || !mayGrant(by.role, role)) return { kind: "forbidden" };
    if (member.role === role) return { kind: "unchanged" };
    if (isLastOwner(owners, userId)) return { kind: "last_owner" };
    await updateMembership(tx, { workspaceId, userId }, { role });
    await insertAudit(tx, {
      workspaceId,
      at: deps.clock.now(),
      actor,
      action: "user.role_changed",
      target: { type: "user", id: userId },
      data: { from: member.role, to: role },
    });
    return { kind: "changed" };
  });
  if (outcome.kind === "changed") deps.realtime.announce([{ kind: "access", userId }]);
  return outcome;
}
