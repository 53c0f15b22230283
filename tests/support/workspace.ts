import { accounts, integrations, memberships, persons, users, workspaces } from "../../db/schema";
import type { Role } from "../../lib/domain/words";
import { mintWorkspaceId, type WorkspaceId } from "../../lib/domain/workspace-id";
import type { Deps } from "../../lib/ports/deps";

type Needs = Pick<Deps, "db" | "clock" | "chance" | "cipher">;

export type TestWorkspace = {
  workspaceId: WorkspaceId;
  account: { id: string; sid: string; token: string };
  /** An SMS sender of that account; its number is unique per workspace. */
  integration: { id: string; sender: string };
};

/** A tenant with one Twilio account and one active default SMS number. One per test. */
export async function createWorkspace(deps: Needs): Promise<TestWorkspace> {
  const now = deps.clock.now();
  const workspaceId = mintWorkspaceId(deps.chance.uuid());
  const hex = workspaceId.replaceAll("-", "");
  await deps.db.insert(workspaces).values({
    id: workspaceId,
    slug: `w-${hex}`,
    name: "Test",
    createdAt: now,
  });
  const account = { id: deps.chance.uuid(), sid: `AC${hex}`, token: `token-${hex}` };
  await deps.db.insert(accounts).values({
    id: account.id,
    workspaceId,
    provider: "twilio",
    sid: account.sid,
    tokenSealed: deps.cipher.seal(account.token),
    createdAt: now,
    updatedAt: now,
  });
  const integration = await createIntegration(deps, { workspaceId, account }, { isDefault: true });
  return { workspaceId, account, integration };
}

/** Another sender of the workspace's account. */
export async function createIntegration(
  deps: Needs,
  workspace: Pick<TestWorkspace, "workspaceId" | "account">,
  values: Partial<typeof integrations.$inferInsert> = {},
) {
  const now = deps.clock.now();
  const id = deps.chance.uuid();
  const digits = BigInt(`0x${id.replaceAll("-", "")}`) % 100_000_000n;
  const sender = values.sender ?? `+331${digits.toString().padStart(8, "0")}`;
  await deps.db.insert(integrations).values({
    id,
    workspaceId: workspace.workspaceId,
    accountId: workspace.account.id,
    accountSid: workspace.account.sid,
    name: "Main",
    type: "sms",
    createdAt: now,
    updatedAt: now,
    ...values,
    sender,
  });
  return { id, sender };
}

/** Somebody who may sign in to the workspace with that role. */
export async function createUser(deps: Needs, workspaceId: WorkspaceId, role: Role, name = "Ada") {
  const now = deps.clock.now();
  const id = deps.chance.uuid();
  const personId = deps.chance.uuid();
  const email = `${id}@example.test`;
  await deps.db.insert(users).values({ id, email, name, createdAt: now });
  await deps.db
    .insert(persons)
    .values({ id: personId, workspaceId, name, createdAt: now, updatedAt: now });
  await deps.db
    .insert(memberships)
    .values({ workspaceId, userId: id, role, personId, createdAt: now });
  return { id, email, personId };
}
