import { findUser } from "../../db/queries/system/users";
import { deleteUnusedTokens } from "../../db/writes/one-time-tokens";
import { deleteSessionsOfUser } from "../../db/writes/sessions";
import { updateUser } from "../../db/writes/users";
import { findPasswordFault, type PasswordFault } from "../domain/password-rule";
import type { Deps } from "../ports/deps";
import { checkPassword, hashPassword } from "./password";
import { countTry, forgiveTry } from "./sign-in-limits";

export type ChangePasswordOutcome =
  | { kind: "changed" }
  | { kind: "wrong_password" }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "weak_password"; fault: PasswordFault };

type Input = {
  userId: string;
  /** The browser that asks stays signed in; all others are signed out. */
  sessionId: string;
  current: string;
  next: string;
};

export async function changePassword(
  deps: Pick<Deps, "db" | "sql" | "realtime">,
  input: Input,
): Promise<ChangePasswordOutcome> {
  const user = await findUser(deps.db, input.userId);
  const attempt = { email: user?.email ?? input.userId, address: null };
  const waitSeconds = await countTry(deps, attempt);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const isRight = await checkPassword(user?.passwordHash ?? null, input.current);
  if (!user || !isRight) return { kind: "wrong_password" };
  await forgiveTry(deps, attempt);
  const fault = findPasswordFault(input.next, user.email);
  if (fault) return { kind: "weak_password", fault };
  const passwordHash = await hashPassword(input.next);
  await deps.db.transaction(async (tx) => {
    await updateUser(tx, user.id, { passwordHash });
    await deleteUnusedTokens(tx, { kind: "password_reset", userId: user.id });
    await deleteSessionsOfUser(tx, { userId: user.id, exceptSessionId: input.sessionId });
  });
  deps.realtime.announce([{ kind: "access", userId: user.id }]);
  return { kind: "changed" };
}
