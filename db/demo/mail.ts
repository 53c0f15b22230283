import { and, eq, inArray } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Cipher } from "../../lib/ports/cipher";
import type { Database } from "../client";
import { accounts, integrations } from "../schema";
import { demoId, demoToken } from "./build";
import { DEMO_WORKSPACES, type DemoWorkspace } from "./cast";

type Input = {
  workspace: DemoWorkspace;
  cipher: Cipher;
  simulatorUrl: string;
  foundedAt: Date;
};

/** The demo's sender of e-mails: Resend, at the simulator's origin. */
export async function insertMailSender(tx: Database, workspaceId: WorkspaceId, input: Input) {
  const { workspace, cipher, foundedAt } = input;
  const { slug, mailDomain: domain } = workspace;
  const dates = { createdAt: foundedAt, updatedAt: foundedAt };
  const accountId = demoId(`mail account ${slug}`, foundedAt);
  await tx.insert(accounts).values({
    ...dates,
    id: accountId,
    workspaceId,
    provider: "resend",
    sid: domain,
    tokenSealed: cipher.seal(apiKeyOf(slug)),
    webhookSecretSealed: cipher.seal(webhookSecretOf(slug)),
    apiOrigin: input.simulatorUrl,
  });
  await tx.insert(integrations).values({
    ...dates,
    id: demoId(`sender ${slug} mail`, foundedAt),
    workspaceId,
    accountId,
    accountSid: domain,
    name: "E-mail",
    type: "email",
    sender: `bonjour@${domain}`,
    isDefault: true,
  });
}

export type DemoMailAccount = {
  apiKey: string;
  domains: string[];
  webhookSecret: string;
  integrationId: string;
};

/** The mail accounts that the simulator must know; what it tells goes to the integration's door. */
export async function demoMailAccounts(db: Database): Promise<DemoMailAccount[]> {
  const rows = await db
    .select({ domain: accounts.sid, integrationId: integrations.id })
    .from(integrations)
    .innerJoin(accounts, eq(accounts.id, integrations.accountId))
    .where(and(eq(accounts.provider, "resend"), inArray(accounts.sid, mailDomains())));
  return rows.flatMap(({ domain, integrationId }) => {
    const workspace = DEMO_WORKSPACES.find((one) => one.mailDomain === domain);
    if (!workspace) return [];
    const { slug, mailDomain } = workspace;
    const secrets = { apiKey: apiKeyOf(slug), webhookSecret: webhookSecretOf(slug) };
    return [{ ...secrets, domains: [mailDomain], integrationId }];
  });
}

export function mailDomains(): string[] {
  return DEMO_WORKSPACES.map(({ mailDomain }) => mailDomain);
}

function apiKeyOf(slug: string): string {
  return `re_${demoToken(`mail of ${slug}`)}`;
}

function webhookSecretOf(slug: string): string {
  return `whsec_${Buffer.from(demoToken(`mail events of ${slug}`)).toString("base64")}`;
}
