import { findMember } from "../../db/queries/users";
import { insertAudit } from "../../db/writes/audit";
import { releaseConversationsOf } from "../../db/writes/release-conversations";
import { lockActiveOwners, updateMembership } from "../../db/writes/users";
import { isLastOwner, mayManage } from "../domain/role-rules";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

export type DeactivateOutcome =
  | { kind: "deactivated" }
  | { kind: "not_found" }
  | { kind: "forbidden" }
  | { kind: "last_owner" };

type Needs = Pick<Deps, "db" | "clock" | "realtime">;

/**
 * Shuts somebody out of the workspace from this moment on: pages, actions, API and live streams.
 * What they wrote stays; the open conversations they had wait for somebody else.
 */
export async function deactivateUser(
  deps: Needs,
  by: Administrator,
  input: { userId: string },
): Promise<DeactivateOutcome> {
  const { workspaceId, actor } = by;
  const { userId } = input;
  const at = deps.clock.now();
  const released = await deps.db.transaction(async (tx) => {
    const owners = await lockActiveOwners(tx, workspaceId);
    const member = await findMember(tx, workspaceId, userId);
    if (!member?.isActive) return "not_found" as const;
    if (!mayManage(by.role, member.role)) return "forbidden" as const;
    if (isLastOwner(owners, userId)) return "last_owner" as const;
    await updateMembership(tx, { workspaceId, userId }, { isActive: false });
    const target = { type: "user", id: userId };
    await insertAudit(tx, { workspaceId, at, actor, action: "user.deactivated", target });
    return releaseConversationsOf(tx, { workspaceId, userId, at });
  });
  if (typeof released === "string") return { kind: released };
  deps.realtime.announce([
    { kind: "access", userId },
    ...released.map((conversationId) => ({
      kind: "conversation" as const,
      workspaceId,
      conversationId,
      messageIds: [],
    })),
  ]);
  return { kind: "deactivated" };
}

/** Lets a deactivated member in again, with the role they had. */
export async function reactivateUser(
  deps: Needs,
  by: Administrator,
  input: { userId: string },
): Promise<{ kind: "reactivated" } | { kind: "not_found" } | { kind: "forbidden" }> {
  const { workspaceId, actor } = by;
  const { userId } = input;
  return deps.db.transaction(async (tx) => {
    const member = await findMember(tx, workspaceId, userId);
    if (!member || member.isActive) return { kind: "not_found" };
    if (!mayManage(by.role, member.role)) return { kind: "forbidden" };
    await updateMembership(tx, { workspaceId, userId }, { isActive: true });
    const at = deps.clock.now();
    const target = { type: "user", id: userId };
    await insertAudit(tx, { workspaceId, at, actor, action: "user.reactivated", target });
    return { kind: "reactivated" };
  });
}
