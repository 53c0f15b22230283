import { findUserByEmail } from "../../db/queries/system/users";
import { insertAudit } from "../../db/writes/audit";
import { replaceOneTimeToken } from "../../db/writes/one-time-tokens";
import { insertUser } from "../../db/writes/users";
import { normaliseEmail } from "../domain/email-address";
import { findPasswordFault, type PasswordFault } from "../domain/password-rule";
import { mayGrant } from "../domain/role-rules";
import type { Administrator } from "../domain/viewer";
import type { Role } from "../domain/words";
import type { Deps } from "../ports/deps";
import { addMember } from "./add-member";
import { hashPassword } from "./password";
import { mintSecret } from "./secrets";

const LIFETIME_MS = 7 * 24 * 3_600_000;

export type CreateUserOutcome =
  /** `link`: where the new person chooses a password; null when one was given. */
  | { kind: "created"; userId: string; link: string | null }
  | { kind: "forbidden" }
  | { kind: "invalid_email" }
  /** An account has this address already: it can be invited, never taken over. */
  | { kind: "email_taken" }
  | { kind: "weak_password"; fault: PasswordFault };

type Input = { email: string; name: string; role: Role; password?: string };

/** A new account that is a member of the workspace at once (the API's and the command line's way in). */
export async function createUser(
  deps: Pick<Deps, "db" | "clock" | "chance" | "settings">,
  by: Administrator,
  input: Input,
): Promise<CreateUserOutcome> {
  if (!mayGrant(by.role, input.role)) return { kind: "forbidden" };
  const email = normaliseEmail(input.email);
  if (!email) return { kind: "invalid_email" };
  const fault = input.password === undefined ? null : findPasswordFault(input.password, email);
  if (fault) return { kind: "weak_password", fault };
  if (await findUserByEmail(deps.db, email)) return { kind: "email_taken" };
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
  const link = passwordHash ? null : mintSecret(deps.chance);
  const userId = deps.chance.uuid();
  const isNew = await deps.db.transaction(async (tx) => {
    const at = deps.clock.now();
    const user = { id: userId, name: input.name, email };
    if (!(await insertUser(tx, { ...user, passwordHash, createdAt: at }))) return false;
    await addMember(deps, tx, { workspaceId: by.workspaceId, user, role: input.role });
    if (link) {
      await replaceOneTimeToken(tx, {
        id: deps.chance.uuid(),
        kind: "password_reset",
        userId,
        tokenHash: link.hash,
        createdAt: at,
        expiresAt: new Date(at.getTime() + LIFETIME_MS),
      });
    }
    await insertAudit(tx, {
      workspaceId: by.workspaceId,
      at,
      actor: by.actor,
      action: "user.created",
      target: { type: "user", id: userId },
      data: { email, role: input.role },
    });
    return true;
  });
  if (!isNew) return { kind: "email_taken" };
  return {
    kind: "created",
    userId,
    link: link ? `${deps.settings.appUrl}/reset/${link.secret}` : null,
  };
}
