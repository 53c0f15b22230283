import { personSearchText } from "../../lib/domain/fold-for-search";
import { FIRST_PRICES } from "../../lib/domain/price";
import { mintWorkspaceId, type WorkspaceId } from "../../lib/domain/workspace-id";
import type { Cipher } from "../../lib/ports/cipher";
import type { Database } from "../client";
import {
  accounts,
  addresses,
  integrations,
  labels,
  memberships,
  persons,
  users,
  workspaces,
} from "../schema";
import { insertPrices } from "../writes/budgets";
import { demoId, demoSid, demoToken } from "./build";
import { DEMO_LABELS, DEMO_USERS, type DemoWorkspace, type LabelKey, type UserKey } from "./cast";
import { loadConversation } from "./load-conversation";
import { insertMailSender } from "./mail";
import type { Stage } from "./play";
import type { Script } from "./script";

type Input = {
  workspace: DemoWorkspace;
  scripts: readonly Script[];
  cipher: Cipher;
  simulatorUrl: string;
  passwordHash: string;
  now: Date;
  /** When the demo's people are said to have begun: before anything was written. */
  foundedAt: Date;
};

/** Stores a demo workspace: people, numbers, labels and conversations. Returns what else hangs on them. */
export async function loadWorkspace(tx: Database, input: Input): Promise<Stage> {
  const { workspace, foundedAt, now } = input;
  const workspaceId = mintWorkspaceId(demoId(`workspace ${workspace.slug}`, foundedAt));
  await tx.insert(workspaces).values({
    id: workspaceId,
    slug: workspace.slug,
    name: workspace.name,
    isDemo: true,
    createdAt: foundedAt,
  });
  await insertPrices(tx, workspaceId, FIRST_PRICES);
  await insertMailSender(tx, workspaceId, input);
  const stage: Stage = {
    workspaceId,
    slug: workspace.slug,
    ...(await insertSenders(tx, workspaceId, input)),
    users: await insertMembers(tx, workspaceId, input),
    labels: await insertLabels(tx, workspaceId, input),
    now,
  };
  for (const script of input.scripts) await loadConversation(tx, stage, script);
  return stage;
}

async function insertSenders(tx: Database, workspaceId: WorkspaceId, input: Input) {
  const { workspace, cipher, foundedAt } = input;
  const dates = { createdAt: foundedAt, updatedAt: foundedAt };
  const accountId = demoId(`account ${workspace.slug}`, foundedAt);
  const accountSid = demoSid("AC", workspace.slug);
  await tx.insert(accounts).values({
    ...dates,
    id: accountId,
    workspaceId,
    provider: "twilio",
    sid: accountSid,
    tokenSealed: cipher.seal(demoToken(workspace.slug)),
    apiOrigin: input.simulatorUrl,
  });
  const rows = workspace.senders.map(({ key, number, ...sender }) => ({
    ...sender,
    ...dates,
    key,
    number,
    sender: number,
    id: demoId(`sender ${workspace.slug} ${key}`, foundedAt),
    workspaceId,
    accountId,
    accountSid,
  }));
  await tx.insert(integrations).values(rows.map(({ key: _, number: __, ...row }) => row));
  return { accountId, accountSid, senders: new Map(rows.map((row) => [row.key, row])) };
}

async function insertMembers(tx: Database, workspaceId: WorkspaceId, input: Input) {
  const { workspace, foundedAt: createdAt } = input;
  const found = new Map<UserKey, { id: string; name: string; personId: string }>();
  for (const { user: key, role } of workspace.members) {
    const { phone, ...user } = DEMO_USERS[key];
    const id = demoId(`user ${key}`, createdAt);
    const personId = demoId(`member ${workspace.slug} ${key}`, createdAt);
    found.set(key, { id, name: user.name, personId });
    await tx
      .insert(users)
      .values({ ...user, id, passwordHash: input.passwordHash, createdAt })
      .onConflictDoNothing();
    await tx.insert(persons).values({
      id: personId,
      workspaceId,
      name: user.name,
      searchText: personSearchText({ name: user.name, addresses: [phone, user.email] }),
      createdAt,
      updatedAt: createdAt,
    });
    const of = { workspaceId, personId, createdAt };
    await tx.insert(addresses).values([
      {
        ...of,
        id: demoId(`member address ${workspace.slug} ${key}`, createdAt),
        kind: "phone",
        value: phone,
        raw: phone,
        country: "FR",
      },
      {
        ...of,
        id: demoId(`member mail ${workspace.slug} ${key}`, createdAt),
        kind: "email",
        value: user.email,
        raw: user.email,
      },
    ]);
    await tx.insert(memberships).values({ workspaceId, userId: id, role, personId, createdAt });
  }
  return found;
}

async function insertLabels(tx: Database, workspaceId: WorkspaceId, input: Input) {
  const rows = (Object.keys(DEMO_LABELS) as LabelKey[]).map((key) => ({
    key,
    id: demoId(`label ${input.workspace.slug} ${key}`, input.foundedAt),
    workspaceId,
    ...DEMO_LABELS[key],
  }));
  await tx.insert(labels).values(rows.map(({ key: _, ...row }) => row));
  return new Map(rows.map((row) => [row.key, row.id]));
}
