import type { Database } from "../../db/client";
import { findAccountBySid } from "../../db/queries/integrations";
import { findWorkspace } from "../../db/queries/workspaces";
import { insertAudit } from "../../db/writes/audit";
import {
  clearDefault,
  hasDefault,
  insertAccount,
  insertIntegration,
  lockWorkspaceSenders,
  replaceViewers,
  updateAccount,
} from "../../db/writes/integrations";
import {
  checkAccountSid,
  checkCountry,
  checkPace,
  checkPair,
  checkServiceSid,
  checkSns,
  checkWebhookSecret,
  type IntegrationFault,
  normaliseSender,
} from "../domain/integration-input";
import { checkSmtp, type SmtpServer } from "../domain/smtp-server";
import type { Administrator } from "../domain/viewer";
import type { Channel, Provider } from "../domain/words";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";
import { announceAccess } from "./announce-access";
import { checkCredentials, isRefusal } from "./check-credentials";
import { accountOriginOf, accountSidOf } from "./identify-account";
import { replaceToken } from "./replace-token";

/** The flat integration of the API (R401); account and sender are taken apart here. */
export type NewIntegration = {
  name: string;
  type: Channel;
  provider: Provider;
  /** Account SID, AWS's access key id, or whom a mail server knows; needless for all others. */
  accountId: string | null;
  /** Auth Token, secret, key or password; may be left out when the workspace has this account already. */
  apiKey: string | null;
  /** AWS SNS: such as eu-west-3; null with all others. */
  region?: string | null;
  /** The mail server; null with all others. */
  smtp?: SmtpServer | null;
  /** Resend: what its webhooks are signed with. */
  webhookSecret?: string | null;
  /** The number, or the from address of e-mails. */
  phoneNumber: string;
  /** E-mail: the name beside the from address; null: the workspace's. */
  fromName?: string | null;
  messagingServiceSid: string | null;
  isActive: boolean;
  isDefault: boolean;
  defaultCountry: string | null;
  pacePerSecond: number | null;
  isVisibleToAll: boolean;
  viewerIds: readonly string[];
};

export type CreateIntegrationOutcome =
  /** `check` may be a failure that says nothing of the credentials, such as "unreachable". */
  | { kind: "created"; id: string; check: ConnectionTest }
  | { kind: "invalid"; faults: IntegrationFault[] }
  | { kind: "refused"; check: Extract<ConnectionTest, { ok: false }> }
  | { kind: "sender_taken" };

type Needs = Pick<Deps, "db" | "clock" | "chance" | "cipher" | "sms" | "email" | "realtime">;
type Account = Awaited<ReturnType<typeof findAccountBySid>>;
type Plan = {
  by: Administrator;
  input: NewIntegration;
  sender: string;
  sid: string | null;
  account: Account;
};

/** R401–R404: connects a sender after asking the provider whether it and its credentials are good. */
export async function createIntegration(
  deps: Needs,
  by: Administrator,
  input: NewIntegration,
): Promise<CreateIntegrationOutcome> {
  const { workspaceId } = by;
  const workspace = await findWorkspace(deps.db, workspaceId);
  const country = input.defaultCountry ?? workspace?.defaultCountry ?? "FR";
  const { provider } = input;
  const read = normaliseSender(input.phoneNumber, input.type, country);
  const sid = accountSidOf(input, read.ok ? read.sender : "");
  const account = sid ? await findAccountBySid(deps.db, { workspaceId, provider, sid }) : null;
  const faults = findFaults(input, account);
  if (!read.ok) return { kind: "invalid", faults: [...faults, read.fault] };
  if (faults.length > 0) return { kind: "invalid", faults };
  const plan = { by, input, sender: read.sender, sid, account };
  const check = await askProvider(deps, plan);
  if (!check.ok && isRefusal(check)) return { kind: "refused", check };
  const id = deps.chance.uuid();
  try {
    await deps.db.transaction((tx) => store(deps, tx, { ...plan, id }));
  } catch (error) {
    if (error instanceof SenderTaken) return { kind: "sender_taken" };
    throw error;
  }
  await announceAccess(deps, workspaceId);
  return { kind: "created", id, check };
}

/** Thrown to take back what the transaction did before it met the unique index. */
class SenderTaken extends Error {}

function findFaults(input: NewIntegration, account: Account): IntegrationFault[] {
  const pair = checkPair(input.type, input.provider);
  if (pair) return [pair];
  const found = [
    input.provider === "twilio" ? checkAccountSid(input.accountId ?? "") : null,
    needsToken(input, account) ? TOKEN_NEEDED : null,
    ...(input.provider === "aws_sns" ? checkSns({ ...input, region: input.region ?? null }) : []),
    ...(input.provider === "smtp"
      ? checkSmtp({ ...NO_SERVER, ...input.smtp, user: input.accountId ?? "" })
      : []),
    checkWebhookSecret(input.webhookSecret ?? null),
    checkServiceSid(input.messagingServiceSid),
    checkPace(input.pacePerSecond),
    checkCountry(input.defaultCountry),
  ];
  return found.filter((fault) => fault !== null);
}

function needsToken({ provider, accountId, apiKey }: NewIntegration, account: Account): boolean {
  // A mail server on one's own network may ask nobody who they are.
  const asksNobody = provider === "console" || (provider === "smtp" && !accountId);
  return !asksNobody && !apiKey && !account?.tokenSealed;
}

/** What was left out is named like what is wrong. */
const NO_SERVER = { host: "", port: 0, security: "" };

const TOKEN_NEEDED: IntegrationFault = {
  path: "apiKey",
  code: "token_needed",
  message: "The Auth Token (AWS: the secret, Resend: the API key, SMTP: the password) is needed",
};

async function askProvider(deps: Needs, { input, account, sender, sid }: Plan) {
  const stored = account?.tokenSealed ? deps.cipher.open(account.tokenSealed) : null;
  const credentials = {
    provider: input.provider,
    channel: input.type,
    sid,
    token: input.apiKey ?? stored,
    apiOrigin: accountOriginOf(input, account?.apiOrigin ?? null),
  };
  return checkCredentials(deps, credentials, sender);
}

async function store(deps: Needs, tx: Database, plan: Plan & { id: string }) {
  const { by, input, sender, id } = plan;
  const { workspaceId } = by;
  const at = deps.clock.now();
  await lockWorkspaceSenders(tx, workspaceId);
  const accountId = await storeAccount(deps, tx, plan);
  const { name, type, messagingServiceSid, pacePerSecond } = input;
  const { isActive, defaultCountry, isVisibleToAll } = input;
  const isDefault = input.isDefault || !(await hasDefault(tx, { workspaceId, type }));
  if (isDefault) await clearDefault(tx, { workspaceId, type });
  const isNew = await insertIntegration(tx, {
    id,
    workspaceId,
    accountId,
    name,
    type,
    accountSid: plan.sid,
    sender,
    fromName: input.fromName ?? null,
    messagingServiceSid,
    pacePerSecond,
    isActive,
    isDefault,
    defaultCountry,
    isVisibleToAll,
    createdAt: at,
    updatedAt: at,
  });
  if (!isNew) throw new SenderTaken();
  await replaceViewers(tx, { workspaceId, integrationId: id, userIds: input.viewerIds });
  const data = { name, type, sender, provider: input.provider };
  const target = { type: "integration", id };
  const { actor } = by;
  await insertAudit(tx, { workspaceId, at, actor, action: "integration.created", target, data });
}

/** One account row a SID: its other senders get a pasted newer token too. */
async function storeAccount(deps: Needs, tx: Database, { by, input, sid, account }: Plan) {
  const { workspaceId } = by;
  const at = deps.clock.now();
  const apiOrigin = accountOriginOf(input, account?.apiOrigin ?? null);
  const secret = input.webhookSecret ? deps.cipher.seal(input.webhookSecret) : null;
  if (account) {
    if (input.apiKey) await replaceToken(deps, tx, { account, token: input.apiKey });
    const webhook = secret && { webhookSecretSealed: secret };
    await updateAccount(tx, account, { apiOrigin, ...webhook, updatedAt: at });
    return account.id;
  }
  const id = deps.chance.uuid();
  await insertAccount(tx, {
    id,
    workspaceId,
    provider: input.provider,
    sid,
    tokenSealed: input.apiKey ? deps.cipher.seal(input.apiKey) : null,
    webhookSecretSealed: secret,
    apiOrigin,
    createdAt: at,
    updatedAt: at,
  });
  return id;
}
