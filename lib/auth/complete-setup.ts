import type { Database } from "../../db/client";
import { hasUsers } from "../../db/queries/system/users";
import { findWorkspaceBySlug } from "../../db/queries/system/workspaces";
import { insertAudit } from "../../db/writes/audit";
import { insertPrices } from "../../db/writes/budgets";
import { claimOneTimeToken } from "../../db/writes/one-time-tokens";
import { insertUser, insertWorkspace } from "../../db/writes/users";
import { normaliseEmail } from "../domain/email-address";
import { findPasswordFault, type PasswordFault } from "../domain/password-rule";
import { FIRST_PRICES } from "../domain/price";
import { slugOf } from "../domain/slug";
import type { Locale } from "../domain/words";
import { mintWorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { addMember } from "./add-member";
import { hashPassword } from "./password";
import { hashSecret } from "./secrets";

export type SetupOutcome =
  | { kind: "done"; email: string; userId: string }
  /** Unknown, used, expired, or somebody has set the product up in the meantime. */
  | { kind: "invalid_link" }
  | { kind: "invalid_email" }
  | { kind: "weak_password"; fault: PasswordFault };

type Input = {
  token: string;
  workspaceName: string;
  name: string;
  email: string;
  password: string;
  locale: Locale;
  timeZone: string;
};

/** The first owner and their workspace, against the one-time link that the launcher printed. */
export async function completeSetup(
  deps: Pick<Deps, "db" | "clock" | "chance">,
  input: Input,
): Promise<SetupOutcome> {
  const email = normaliseEmail(input.email);
  if (!email) return { kind: "invalid_email" };
  const fault = findPasswordFault(input.password, email);
  if (fault) return { kind: "weak_password", fault };
  const passwordHash = await hashPassword(input.password);
  const tokenHash = hashSecret(input.token);
  return deps.db.transaction(async (tx) => {
    const claim = { kind: "setup", tokenHash, now: deps.clock.now() } as const;
    if (!(await claimOneTimeToken(tx, claim)) || (await hasUsers(tx))) {
      return { kind: "invalid_link" };
    }
    const userId = await createOwner(deps, tx, { ...input, email, passwordHash });
    return { kind: "done", email, userId };
  });
}

async function createOwner(
  deps: Pick<Deps, "clock" | "chance">,
  tx: Database,
  input: Input & { passwordHash: string },
) {
  const at = deps.clock.now();
  const user = { id: deps.chance.uuid(), name: input.name, email: input.email };
  const workspaceId = mintWorkspaceId(deps.chance.uuid());
  const { locale, timeZone, passwordHash } = input;
  await insertUser(tx, { ...user, passwordHash, locale, timeZone, createdAt: at });
  const slug = await freeSlug(tx, input.workspaceName);
  await insertWorkspace(tx, {
    id: workspaceId,
    slug,
    name: input.workspaceName,
    locale,
    timeZone,
    createdAt: at,
  });
  await insertPrices(tx, workspaceId, FIRST_PRICES);
  await addMember(deps, tx, { workspaceId, user, role: "owner" });
  await insertAudit(tx, {
    workspaceId,
    at,
    actor: { kind: "user", userId: user.id },
    action: "workspace.created",
    target: { type: "workspace", id: workspaceId },
    data: { slug },
  });
  return user.id;
}

async function freeSlug(tx: Database, name: string) {
  const base = slugOf(name);
  for (let n = 1; ; n += 1) {
    const slug = n === 1 ? base : `${base}-${n}`;
    if (!(await findWorkspaceBySlug(tx, slug))) return slug;
  }
}
