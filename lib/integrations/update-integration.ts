import type { Database } from "../../db/client";
import { findAccountOfIntegration, hasConversations } from "../../db/queries/integrations";
import { findWorkspace } from "../../db/queries/workspaces";
import { insertAudit } from "../../db/writes/audit";
import {
  clearDefault,
  isSenderTaken,
  lockWorkspaceSenders,
  replaceViewers,
  updateAccount,
  updateIntegrationRow,
} from "../../db/writes/integrations";
import {
  checkCountry,
  checkPace,
  checkServiceSid,
  checkSnsSender,
  checkWebhookSecret,
  domainOf,
  type IntegrationFault,
  normaliseSender,
} from "../domain/integration-input";
import type { Administrator } from "../domain/viewer";
import { ringDoorbells } from "../outbound/ring-doorbells";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";
import { announceAccess } from "./announce-access";
import { checkCredentials, isRefusal } from "./check-credentials";
import { replaceToken } from "./replace-token";
import { resumeSending } from "./resume-sending";

/** Only the fields that are given change. */
export type IntegrationChanges = {
  name?: string;
  /** A new Auth Token, put in the place of the old one; never shown again. */
  apiKey?: string;
  phoneNumber?: string;
  /** E-mail: null: the workspace's name. */
  fromName?: string | null;
  /** Resend; put in the place of the old one, never shown again. */
  webhookSecret?: string;
  messagingServiceSid?: string | null;
  isActive?: boolean;
  isDefault?: boolean;
  defaultCountry?: string | null;
  pacePerSecond?: number | null;
  isVisibleToAll?: boolean;
  viewerIds?: readonly string[];
  /** The old token, which still verifies webhooks beside the new one, is forgotten. */
  endTokenOverlap?: boolean;
};

export type UpdateIntegrationOutcome =
  /** `check` is null when neither token nor sender changed. */
  | { kind: "updated"; check: ConnectionTest | null }
  | { kind: "not_found" }
  | { kind: "invalid"; faults: IntegrationFault[] }
  | { kind: "refused"; check: Extract<ConnectionTest, { ok: false }> }
  | { kind: "sender_taken" }
  /** The number has a history: it stays what it is. */
  | { kind: "has_messages" }
  /** Credentials and number of the "system" integration come from the environment. */
  | { kind: "is_system" };

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "sms" | "email" | "realtime" | "jobs" | "log"
>;
type Found = NonNullable<Awaited<ReturnType<typeof findAccountOfIntegration>>>;
type Plan = { by: Administrator; found: Found; changes: IntegrationChanges; sender: string };

/** Changes a sender. A new token or number is asked about at the provider first. */
export async function updateIntegration(
  deps: Needs,
  by: Administrator,
  input: { id: string; changes: IntegrationChanges },
): Promise<UpdateIntegrationOutcome> {
  const { workspaceId } = by;
  const { id, changes } = input;
  const found = await findAccountOfIntegration(deps.db, { workspaceId, integrationId: id });
  if (!found) return { kind: "not_found" };
  const sender = await readSender(deps, found, changes);
  if (typeof sender !== "string") return { kind: "invalid", faults: [sender] };
  const plan = { by, found, changes, sender };
  const refusal = await findRefusal(deps, plan);
  if (refusal) return refusal;
  const check = await checkChanges(deps, plan);
  if (check && !check.ok && isRefusal(check)) return { kind: "refused", check };
  await deps.db.transaction((tx) => store(deps, tx, plan));
  if (changes.isVisibleToAll !== undefined || changes.viewerIds) {
    await announceAccess(deps, workspaceId);
  }
  // Messages may have waited for the switch or the token.
  await ringDoorbells(deps, [{ integrationId: id, due: deps.clock.now() }]);
  return { kind: "updated", check };
}

async function readSender(
  deps: Needs,
  { integration }: Found,
  changes: IntegrationChanges,
): Promise<string | IntegrationFault> {
  const { type, sender } = integration;
  if (changes.phoneNumber === undefined) return sender;
  if (changes.phoneNumber === sender) return sender;
  const workspace = await findWorkspace(deps.db, integration.workspaceId);
  const own = changes.defaultCountry ?? integration.defaultCountry;
  const country = own ?? workspace?.defaultCountry ?? "FR";
  const parsed = normaliseSender(changes.phoneNumber, type, country);
  return parsed.ok ? parsed.sender : parsed.fault;
}

async function findRefusal(deps: Needs, plan: Plan): Promise<UpdateIntegrationOutcome | null> {
  const { found, changes, sender } = plan;
  const faults = [
    checkServiceSid(changes.messagingServiceSid ?? null),
    checkPace(changes.pacePerSecond ?? null),
    checkCountry(changes.defaultCountry ?? null),
    checkWebhookSecret(changes.webhookSecret ?? null),
    ...(plan.found.account.provider === "aws_sns" ? checkSnsSender(sender) : []),
    ...(plan.found.account.provider === "resend" ? checkDomain(plan) : []),
  ].filter((fault) => fault !== null);
  if (faults.length > 0) return { kind: "invalid", faults };
  const { integration, account } = found;
  const isMoved = sender !== integration.sender;
  if (account.isSystem && (isMoved || changes.apiKey)) return { kind: "is_system" };
  if (!isMoved) return null;
  const { workspaceId, id, accountSid, type } = integration;
  if (await hasConversations(deps.db, { workspaceId, integrationId: id })) {
    return { kind: "has_messages" };
  }
  const isTaken = await isSenderTaken(deps.db, { accountSid, type, sender, exceptId: id });
  return isTaken ? { kind: "sender_taken" } : null;
}

/** At Resend the domain is the account: another one is another sender to connect. */
function checkDomain({ found, sender }: Plan): IntegrationFault[] {
  const domain = domainOf(found.integration.sender);
  if (domainOf(sender) === domain) return [];
  const message = `The address must stay at ${domain}; connect a new sender for another domain`;
  return [{ path: "phoneNumber", code: "other_domain", message }];
}

async function checkChanges(deps: Needs, plan: Plan): Promise<ConnectionTest | null> {
  const { found, changes, sender } = plan;
  const { account, integration } = found;
  const { provider } = account;
  const isSame = sender === integration.sender && !changes.apiKey;
  if (isSame) return null;
  const stored = account.tokenSealed ? deps.cipher.open(account.tokenSealed) : null;
  const { sid, apiOrigin } = account;
  const token = changes.apiKey ?? stored;
  return checkCredentials(
    deps,
    { provider, channel: integration.type, sid, token, apiOrigin },
    sender,
  );
}

/** Another number or Messaging Service: what stopped the old one says nothing of it. */
function isMended({ found, changes, sender }: Plan): boolean {
  const { integration } = found;
  const service = changes.messagingServiceSid;
  return (
    sender !== integration.sender ||
    (service !== undefined && service !== integration.messagingServiceSid)
  );
}

async function store(deps: Needs, tx: Database, plan: Plan) {
  const { by, found, changes, sender } = plan;
  const { account, integration } = found;
  const { workspaceId, id, type } = integration;
  const at = deps.clock.now();
  await lockWorkspaceSenders(tx, workspaceId);
  const { apiKey, webhookSecret, phoneNumber, viewerIds, endTokenOverlap, isDefault, ...columns } =
    changes;
  const isRenewed = apiKey && (await replaceToken(deps, tx, { account, token: apiKey }));
  if (isRenewed || isMended(plan)) {
    await resumeSending(tx, { workspaceId, accountId: null, integrationId: id, at });
  }
  if (!isRenewed && endTokenOverlap) {
    await updateAccount(tx, account, { nextTokenSealed: null, updatedAt: at });
  }
  if (webhookSecret) {
    const webhookSecretSealed = deps.cipher.seal(webhookSecret);
    await updateAccount(tx, account, { webhookSecretSealed, updatedAt: at });
  }
  // There is always one default: it moves when another is chosen, it is not taken away.
  if (isDefault) await clearDefault(tx, { workspaceId, type });
  const values = { ...columns, sender, ...(isDefault && { isDefault }), updatedAt: at };
  await updateIntegrationRow(tx, { workspaceId, id }, values);
  if (viewerIds) await replaceViewers(tx, { workspaceId, integrationId: id, userIds: viewerIds });
  await insertAudit(tx, {
    workspaceId,
    at,
    actor: by.actor,
    action: "integration.updated",
    target: { type: "integration", id },
    data: {
      ...columns,
      phoneNumber,
      viewerIds,
      isDefault,
      hasNewToken: apiKey !== undefined,
      hasNewWebhookSecret: webhookSecret !== undefined,
    },
  });
}
