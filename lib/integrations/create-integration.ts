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
} from "../../db/writes/integrations";
import {
  type ConnectableProvider,
  type ConnectableType,
  checkAccountSid,
  checkCountry,
  checkPace,
  checkServiceSid,
  checkSns,
  type IntegrationFault,
  normaliseSender,
} from "../domain/integration-input";
import { isRegion, regionOf, snsOrigin } from "../domain/sns";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import type { ConnectionTest } from "../ports/sms";
import { announceAccess } from "./announce-access";
import { checkCredentials, isRefusal } from "./check-credentials";
import { replaceToken } from "./replace-token";

/** The flat integration of the API (R401); account and sender are taken apart here. */
export type NewIntegration = {
  name: string;
  type: ConnectableType;
  provider: ConnectableProvider;
  /** Account SID, or AWS's access key id; needless for `console`. */
  accountId: string | null;
  /** Auth Token, or AWS's secret; may be left out when the workspace has this account already. */
  apiKey: string | null;
  /** AWS SNS: such as eu-west-3; null with all others. */
  region?: string | null;
  phoneNumber: string;
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

type Needs = Pick<Deps, "db" | "clock" | "chance" | "cipher" | "sms" | "realtime">;
type Account = Awaited<ReturnType<typeof findAccountBySid>>;
type Plan = { by: Administrator; input: NewIntegration; sender: string; account: Account };

/** R401–R404: connects a sender after asking the provider whether it and its credentials are good. */
export async function createIntegration(
  deps: Needs,
  by: Administrator,
  input: NewIntegration,
): Promise<CreateIntegrationOutcome> {
  const { workspaceId } = by;
  const workspace = await findWorkspace(deps.db, workspaceId);
  const country = input.defaultCountry ?? workspace?.defaultCountry ?? "FR";
  const { provider, accountId: sid } = input;
  const account = sid ? await findAccountBySid(deps.db, { workspaceId, provider, sid }) : null;
  const sender = normaliseSender(input.phoneNumber, input.type, country);
  const faults = findFaults(input, account);
  if (!sender.ok) return { kind: "invalid", faults: [...faults, sender.fault] };
  if (faults.length > 0) return { kind: "invalid", faults };
  const check = await askProvider(deps, { input, account, sender: sender.sender });
  if (!check.ok && isRefusal(check)) return { kind: "refused", check };
  const id = deps.chance.uuid();
  try {
    const plan = { by, input, sender: sender.sender, account, id };
    await deps.db.transaction((tx) => store(deps, tx, plan));
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
  const needsAccount = input.provider === "twilio";
  const needsToken = input.provider !== "console" && !input.apiKey && !account?.tokenSealed;
  const found = [
    needsAccount ? checkAccountSid(input.accountId ?? "") : null,
    needsToken ? TOKEN_NEEDED : null,
    ...(input.provider === "aws_sns" ? checkSns({ ...input, region: input.region ?? null }) : []),
    checkServiceSid(input.messagingServiceSid),
    checkPace(input.pacePerSecond),
    checkCountry(input.defaultCountry),
  ];
  return found.filter((fault) => fault !== null);
}

const TOKEN_NEEDED: IntegrationFault = {
  path: "apiKey",
  code: "token_needed",
  message: "The Auth Token (AWS: the secret access key) of this account is needed",
};

async function askProvider(
  deps: Needs,
  { input, account, sender }: { input: NewIntegration; account: Account; sender: string },
) {
  const stored = account?.tokenSealed ? deps.cipher.open(account.tokenSealed) : null;
  const credentials = {
    provider: input.provider,
    sid: input.accountId,
    token: input.apiKey ?? stored,
    apiOrigin: originOf(input, account),
  };
  return checkCredentials(deps, credentials, sender);
}

/** AWS answers in each region at another origin. A region that is given anew is another's. */
function originOf({ provider, region }: NewIntegration, account: Account): string | null {
  if (provider === "aws_sns" && region && isRegion(region)) {
    // A stand-in's origin is no region's: it stays.
    const isStandIn = account?.apiOrigin && regionOf(account.apiOrigin) === null;
    return isStandIn ? account.apiOrigin : snsOrigin(region);
  }
  return account?.apiOrigin ?? null;
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
    accountSid: input.accountId,
    sender,
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
async function storeAccount(deps: Needs, tx: Database, { by, input, account }: Plan) {
  const { workspaceId } = by;
  const at = deps.clock.now();
  if (account) {
    if (input.apiKey) await replaceToken(deps, tx, { account, token: input.apiKey });
    return account.id;
  }
  const id = deps.chance.uuid();
  await insertAccount(tx, {
    id,
    workspaceId,
    provider: input.provider,
    sid: input.accountId,
    tokenSealed: input.apiKey ? deps.cipher.seal(input.apiKey) : null,
    apiOrigin: originOf(input, account),
    createdAt: at,
    updatedAt: at,
  });
  return id;
}
