import type { Database } from "../../db/client";
import { findAccountBySid } from "../../db/queries/integrations";
import { findWorkspaceOfSender } from "../../db/queries/system/senders";
import { findOldestWorkspace } from "../../db/queries/system/workspaces";
import { insertAudit } from "../../db/writes/audit";
import {
  hasDefault,
  insertAccount,
  insertIntegration,
  lockWorkspaceSenders,
  updateAccount,
} from "../../db/writes/integrations";
import { normaliseSender } from "../domain/integration-input";
import type { SystemCredentials } from "../domain/system-credentials";
import type { Channel } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { replaceToken } from "./replace-token";

export type SystemIntegrationOutcome =
  | { kind: "ensured"; created: number }
  /** There is no workspace yet; call again when there is one. */
  | { kind: "no_workspace" }
  /** A sender of the environment is in use by another workspace already. */
  | { kind: "sender_taken"; sender: string };

type Needs = Pick<Deps, "db" | "clock" | "chance" | "cipher">;
type Place = { workspaceId: WorkspaceId; country: string };

/**
 * C6: the account of the environment exists as the "system" integration of the oldest workspace.
 * Safe to call at every start: a changed token is taken over, a changed number becomes another sender.
 */
export async function ensureSystemIntegration(
  deps: Needs,
  env: SystemCredentials,
): Promise<SystemIntegrationOutcome> {
  const workspace = await findOldestWorkspace(deps.db);
  if (!workspace) return { kind: "no_workspace" };
  const place = { workspaceId: workspace.id, country: workspace.defaultCountry };
  return deps.db.transaction(async (tx) => {
    await lockWorkspaceSenders(tx, place.workspaceId);
    const accountId = await ensureAccount(deps, tx, { env, place });
    let created = 0;
    for (const { type, number } of sendersOf(env)) {
      const made = await ensureSender(deps, tx, { env, place, accountId, type, number });
      if (made === "taken") return { kind: "sender_taken", sender: number };
      if (made === "created") created += 1;
    }
    return { kind: "ensured", created };
  });
}

function sendersOf(env: SystemCredentials): { type: Channel; number: string }[] {
  const found = [
    { type: "sms" as const, number: env.phoneNumber },
    { type: "whatsapp" as const, number: env.whatsappNumber },
    { type: "email" as const, number: env.email?.from },
  ];
  return found.flatMap(({ type, number }) => (number ? [{ type, number }] : []));
}

async function ensureAccount(
  deps: Needs,
  tx: Database,
  { env, place }: { env: SystemCredentials; place: Place },
) {
  const { workspaceId } = place;
  const at = deps.clock.now();
  const { provider, accountSid: sid, apiOrigin = null } = env;
  const account = await findAccountBySid(tx, { workspaceId, provider, sid });
  const secret = env.email?.webhookSecret ? deps.cipher.seal(env.email.webhookSecret) : null;
  if (account) {
    if (env.authToken) await replaceToken(deps, tx, { account, token: env.authToken });
    const moved = apiOrigin === null ? {} : { apiOrigin };
    const webhook = secret && { webhookSecretSealed: secret };
    await updateAccount(tx, account, { ...moved, ...webhook, isSystem: true, updatedAt: at });
    return account.id;
  }
  const id = deps.chance.uuid();
  await insertAccount(tx, {
    id,
    workspaceId,
    provider,
    sid,
    apiOrigin,
    tokenSealed: env.authToken ? deps.cipher.seal(env.authToken) : null,
    webhookSecretSealed: secret,
    isSystem: true,
    createdAt: at,
    updatedAt: at,
  });
  return id;
}

type SenderPlan = {
  env: SystemCredentials;
  place: Place;
  accountId: string;
  type: Channel;
  number: string;
};

const NAMES: Record<Channel, string> = { sms: "SMS", whatsapp: "WhatsApp", email: "E-mail" };

async function ensureSender(deps: Needs, tx: Database, plan: SenderPlan) {
  const { env, place, accountId, type, number } = plan;
  const { workspaceId } = place;
  const parsed = normaliseSender(number, type, place.country);
  const sender = parsed.ok ? parsed.sender : number;
  const known = await findWorkspaceOfSender(tx, { accountSid: env.accountSid, type, sender });
  if (known) return known === workspaceId ? "kept" : "taken";
  const at = deps.clock.now();
  const id = deps.chance.uuid();
  await insertIntegration(tx, {
    id,
    workspaceId,
    accountId,
    name: `${NAMES[type]} (system)`,
    type,
    accountSid: env.accountSid,
    sender,
    isDefault: !(await hasDefault(tx, { workspaceId, type })),
    createdAt: at,
    updatedAt: at,
  });
  const target = { type: "integration", id };
  const actor = { kind: "system" } as const;
  await insertAudit(tx, { workspaceId, at, actor, action: "integration.created", target });
  return "created";
}
