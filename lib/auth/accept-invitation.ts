import type { Database } from "../../db/client";
import { findInvitationByToken } from "../../db/queries/system/one-time-links";
import { findUserByEmail } from "../../db/queries/system/users";
import { findMember } from "../../db/queries/users";
import { insertAudit } from "../../db/writes/audit";
import { claimInvitation } from "../../db/writes/invitations";
import { deleteUnusedTokens } from "../../db/writes/one-time-tokens";
import { insertUser, updateMembership, updateUser } from "../../db/writes/users";
import { findPasswordFault, type PasswordFault } from "../domain/password-rule";
import type { Locale } from "../domain/words";
import type { Deps } from "../ports/deps";
import { addMember } from "./add-member";
import { checkPassword, hashPassword } from "./password";
import { hashSecret } from "./secrets";
import { countTry, forgiveTry } from "./sign-in-limits";

export type AcceptOutcome =
  | { kind: "accepted"; userId: string; email: string }
  /** Unknown, used, taken back or expired. */
  | { kind: "invalid_link" }
  | { kind: "wrong_password" }
  | { kind: "throttled"; waitSeconds: number }
  | { kind: "weak_password"; fault: PasswordFault };

type Input = {
  token: string;
  name: string;
  /** A new one, or that of the account which has this address already. */
  password: string;
  locale: Locale;
  address: string | null;
};

type Needs = Pick<Deps, "db" | "sql" | "clock" | "chance" | "realtime">;
type Account = { id: string; name: string; email: string };

/** Joins the workspace of an invitation, with a new account or the one that has the invited address. */
export async function acceptInvitation(deps: Needs, input: Input): Promise<AcceptOutcome> {
  const tokenHash = hashSecret(input.token);
  const now = deps.clock.now();
  const invitation = await findInvitationByToken(deps.db, { tokenHash, now });
  if (!invitation) return { kind: "invalid_link" };
  const { email } = invitation;
  const existing = await findUserByEmail(deps.db, email);
  if (existing?.passwordHash) {
    const refusal = await proveIdentity(deps, { ...input, email, hash: existing.passwordHash });
    if (refusal) return refusal;
  }
  const isNew = !existing?.passwordHash;
  const fault = isNew ? findPasswordFault(input.password, email) : null;
  if (fault) return { kind: "weak_password", fault };
  const passwordHash = isNew ? await hashPassword(input.password) : null;
  const outcome = await deps.db.transaction((tx) =>
    join(deps, tx, { ...input, tokenHash, passwordHash, existing }),
  );
  if (outcome.kind === "accepted") {
    deps.realtime.announce([{ kind: "access", userId: outcome.userId }]);
  }
  return outcome;
}

async function proveIdentity(
  deps: Needs,
  input: { email: string; address: string | null; password: string; hash: string },
): Promise<AcceptOutcome | null> {
  const waitSeconds = await countTry(deps, input);
  if (waitSeconds > 0) return { kind: "throttled", waitSeconds };
  if (!(await checkPassword(input.hash, input.password))) return { kind: "wrong_password" };
  await forgiveTry(deps, input);
  return null;
}

async function join(
  deps: Needs,
  tx: Database,
  input: Input & { tokenHash: string; passwordHash: string | null; existing: Account | null },
): Promise<AcceptOutcome> {
  const now = deps.clock.now();
  const claimed = await claimInvitation(tx, { tokenHash: input.tokenHash, now });
  if (!claimed) return { kind: "invalid_link" };
  const { workspaceId, role, email } = claimed;
  const user = input.existing ?? (await createAccount(deps, tx, { ...input, email }));
  if (input.existing && input.passwordHash) {
    await updateUser(tx, user.id, { passwordHash: input.passwordHash });
  }
  // A link made for this account elsewhere must not open this workspace too.
  await deleteUnusedTokens(tx, { kind: "password_reset", userId: user.id });
  const member = await findMember(tx, workspaceId, user.id);
  if (!member) await addMember(deps, tx, { workspaceId, user, role });
  else if (!member.isActive) {
    await updateMembership(tx, { workspaceId, userId: user.id }, { role, isActive: true });
  }
  await insertAudit(tx, {
    workspaceId,
    at: now,
    actor: { kind: "user", userId: user.id },
    action: "user.joined",
    target: { type: "user", id: user.id },
    data: { role },
  });
  return { kind: "accepted", userId: user.id, email };
}

async function createAccount(
  deps: Needs,
  tx: Database,
  input: Input & { email: string; passwordHash: string | null },
): Promise<Account> {
  const account = { id: deps.chance.uuid(), name: input.name, email: input.email };
  const { passwordHash, locale } = input;
  await insertUser(tx, { ...account, passwordHash, locale, createdAt: deps.clock.now() });
  return account;
}
