import { and, desc, eq, isNull, or, sql } from "drizzle-orm";
import { mintWorkspaceId, type WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Database } from "../../client";
import { accounts, integrations, workspaces } from "../../schema";

export type WebhookIntegration = {
  workspaceId: WorkspaceId;
  integrationId: string;
  accountId: string;
  isActive: boolean;
  /** ISO 3166-1 alpha-2: the integration's, else the workspace's. */
  defaultCountry: string;
  tokenSealed: string | null;
  nextTokenSealed: string | null;
};

/**
 * Whose message is this? Over all workspaces: the Messaging Service's integration when one has it
 * (of several the one with that number), else the number's. null: nobody's.
 */
export async function findWebhookIntegration(
  db: Database,
  to: {
    accountSid: string;
    messagingServiceSid: string | null;
    channel: "sms" | "whatsapp";
    sender: string;
  },
): Promise<WebhookIntegration | null> {
  const isSender = eq(integrations.sender, to.sender);
  const isService = eq(integrations.messagingServiceSid, to.messagingServiceSid ?? "");
  const [row] = await db
    .select({
      workspaceId: integrations.workspaceId,
      integrationId: integrations.id,
      accountId: accounts.id,
      isActive: integrations.isActive,
      defaultCountry: sql<string>`coalesce(${integrations.defaultCountry}, ${workspaces.defaultCountry})`,
      tokenSealed: accounts.tokenSealed,
      nextTokenSealed: accounts.nextTokenSealed,
    })
    .from(integrations)
    .innerJoin(accounts, eq(accounts.id, integrations.accountId))
    .innerJoin(workspaces, eq(workspaces.id, integrations.workspaceId))
    .where(
      and(
        eq(integrations.accountSid, to.accountSid),
        eq(integrations.type, to.channel),
        isNull(integrations.deletedAt),
        to.messagingServiceSid ? or(isService, isSender) : isSender,
      ),
    )
    .orderBy(desc(sql`${isService} is true`), desc(isSender), integrations.createdAt)
    .limit(1);
  return row ? { ...row, workspaceId: mintWorkspaceId(row.workspaceId) } : null;
}
