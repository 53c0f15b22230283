import { findUserByEmail, listHomesOfUser } from "../../db/queries/system/users";
import { deleteExpiredSessions, insertSession } from "../../db/writes/sessions";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { checkPassword } from "./password";
import { sessionEnd } from "./session-lifetime";
import { countTry, forgiveTry } from "./sign-in-limits";

export type SignInOutcome =
  | { kind: "signed_in"; sessionId: string; userId: string }
  | { kind: "wrong_credentials" }
  /** The password was right, but no workspace takes this person in. */
  | { kind: "no_workspace" }
  | { kind: "throttled"; waitSeconds: number };

type Input = {
  email: string;
  password: string;
  /** Of the browser, for the limit per address; null when unknown. */
  address: string | null;
  userAgent: string | null;
};

/** Checks an e-mail and password and opens a session in the person's oldest workspace. */
export async function signIn(
  deps: Pick<Deps, "db" | "sql" | "clock" | "chance">,
  input: Input,
): Promise<SignInOutcome> {
  const email = input.email.trim().toLowerCase();
  const attempt = { email, address: input.address };
  const waitSeconds = await countTry(deps, attempt);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  const user = await findUserByEmail(deps.db, email);
  const isRight = await checkPassword(user?.passwordHash ?? null, input.password);
  if (!user || !isRight) return { kind: "wrong_credentials" };
  await forgiveTry(deps, attempt);
  const [home] = await listHomesOfUser(deps.db, user.id);
  if (!home) return { kind: "no_workspace" };
  const { workspaceId } = home;
  const sessionId = await startSession(deps, { userId: user.id, workspaceId, ...input });
  return { kind: "signed_in", sessionId, userId: user.id };
}

/** A new session's row. The browser learns its id through the cookie only. */
export async function startSession(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  input: { userId: string; workspaceId: WorkspaceId; userAgent: string | null },
): Promise<string> {
  const { userId, workspaceId } = input;
  const now = deps.clock.now();
  const id = deps.chance.uuid();
  await deleteExpiredSessions(deps.db, { userId, now });
  await insertSession(deps.db, {
    id,
    userId,
    workspaceId,
    userAgent: input.userAgent?.slice(0, 300) ?? null,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: sessionEnd({ createdAt: now, now }),
  });
  return id;
}
