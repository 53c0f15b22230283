import { listHomesOfUser } from "../../db/queries/system/users";
import { findMember } from "../../db/queries/users";
import { insertAudit } from "../../db/writes/audit";
import { replaceOneTimeToken } from "../../db/writes/one-time-tokens";
import { mayManage } from "../domain/role-rules";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { mintSecret } from "./secrets";

const LIFETIME_MS = 24 * 3_600_000;

export type ResetLinkOutcome =
  | { kind: "created"; link: string; expiresAt: Date }
  | { kind: "not_found" }
  | { kind: "forbidden" }
  /** The account opens other workspaces too, which are none of this administrator's business. */
  | { kind: "belongs_elsewhere" };

/**
 * A link by which somebody who forgot their password chooses a new one: works once, for a day.
 * An administrator hands it over; the command line (`actor` system) may make one for anybody.
 */
export async function createResetLink(
  deps: Pick<Deps, "db" | "clock" | "chance" | "settings">,
  by: Administrator,
  input: { userId: string },
): Promise<ResetLinkOutcome> {
  const member = await findMember(deps.db, by.workspaceId, input.userId);
  if (!member) return { kind: "not_found" };
  if (!mayManage(by.role, member.role)) return { kind: "forbidden" };
  const homes = await listHomesOfUser(deps.db, input.userId);
  const isShared = homes.some(({ workspaceId }) => workspaceId !== by.workspaceId);
  if (isShared && by.actor.kind !== "system") return { kind: "belongs_elsewhere" };
  const at = deps.clock.now();
  const expiresAt = new Date(at.getTime() + LIFETIME_MS);
  const { secret, hash } = mintSecret(deps.chance);
  const { workspaceId, actor } = by;
  const { userId } = input;
  await deps.db.transaction(async (tx) => {
    await replaceOneTimeToken(tx, {
      id: deps.chance.uuid(),
      kind: "password_reset",
      userId,
      tokenHash: hash,
      createdAt: at,
      expiresAt,
    });
    const target = { type: "user", id: userId };
    await insertAudit(tx, { workspaceId, at, actor, action: "user.reset_link_created", target });
  });
  return { kind: "created", link: `${deps.settings.appUrl}/reset/${secret}`, expiresAt };
}
