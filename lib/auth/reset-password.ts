import { findOneTimeToken } from "../../db/queries/system/one-time-links";
import { claimOneTimeToken } from "../../db/writes/one-time-tokens";
import { deleteSessionsOfUser } from "../../db/writes/sessions";
import { updateUser } from "../../db/writes/users";
import { findPasswordFault, type PasswordFault } from "../domain/password-rule";
import type { Deps } from "../ports/deps";
import { hashPassword } from "./password";
import { hashSecret } from "./secrets";

export type ResetOutcome =
  | { kind: "done"; email: string }
  /** Unknown, used or expired. */
  | { kind: "invalid_link" }
  | { kind: "weak_password"; fault: PasswordFault };

/** Sets the password that belongs to a one-time link and signs the account out everywhere. */
export async function resetPassword(
  deps: Pick<Deps, "db" | "clock" | "realtime">,
  input: { token: string; password: string },
): Promise<ResetOutcome> {
  const now = deps.clock.now();
  const lookup = { kind: "password_reset", tokenHash: hashSecret(input.token), now } as const;
  const link = await findOneTimeToken(deps.db, lookup);
  if (!link?.userId || !link.email) return { kind: "invalid_link" };
  const { userId, email } = link;
  const fault = findPasswordFault(input.password, email);
  if (fault) return { kind: "weak_password", fault };
  const passwordHash = await hashPassword(input.password);
  const isDone = await deps.db.transaction(async (tx) => {
    if (!(await claimOneTimeToken(tx, lookup))) return false;
    await updateUser(tx, userId, { passwordHash });
    await deleteSessionsOfUser(tx, { userId });
    return true;
  });
  if (!isDone) return { kind: "invalid_link" };
  deps.realtime.announce([{ kind: "access", userId }]);
  return { kind: "done", email };
}
