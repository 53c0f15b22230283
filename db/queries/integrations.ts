import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { accounts, conversations, integrations, messages } from "../schema";

export type IntegrationRow = Awaited<ReturnType<typeof listIntegrations>>[number];

/** The senders somebody may see, with their account but never its tokens; oldest first. */
export async function listIntegrations(db: Database, scope: Scope) {
  const rows = await selectIntegrations(
    db,
    and(eq(integrations.workspaceId, scope.workspaceId), isNull(integrations.deletedAt)),
  ).orderBy(asc(integrations.createdAt), asc(integrations.id));
  const visible = scope.integrations;
  return visible === "all" ? rows : rows.filter((row) => visible.includes(row.id));
}

/** One sender, or null where the scope does not reach. */
export async function findIntegration(db: Database, scope: Scope, id: string) {
  if (scope.integrations !== "all" && !scope.integrations.includes(id)) return null;
  const [row] = await selectIntegrations(
    db,
    and(
      eq(integrations.workspaceId, scope.workspaceId),
      eq(integrations.id, id),
      isNull(integrations.deletedAt),
    ),
  );
  return row ?? null;
}

/** The sealed credentials behind a sender: for stages that open them, never for a screen. */
export async function findAccountOfIntegration(
  db: Database,
  input: { workspaceId: WorkspaceId; integrationId: string },
) {
  const [row] = await db
    .select({ account: accounts, integration: integrations })
    .from(integrations)
    .innerJoin(accounts, eq(accounts.id, integrations.accountId))
    .where(
      and(
        eq(integrations.workspaceId, input.workspaceId),
        eq(integrations.id, input.integrationId),
        isNull(integrations.deletedAt),
      ),
    );
  return row ?? null;
}

export async function findAccountBySid(
  db: Database,
  input: { workspaceId: WorkspaceId; provider: typeof accounts.$inferSelect.provider; sid: string },
) {
  const [row] = await db
    .select()
    .from(accounts)
    .where(
      and(
        eq(accounts.workspaceId, input.workspaceId),
        eq(accounts.provider, input.provider),
        eq(accounts.sid, input.sid),
      ),
    );
  return row ?? null;
}

/** Does anything hang on this sender, so that its history must stay readable? */
export async function hasConversations(
  db: Database,
  input: { workspaceId: WorkspaceId; integrationId: string },
) {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.workspaceId, input.workspaceId),
        eq(conversations.integrationId, input.integrationId),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** A message's fate, for the live test that shows SID and status (R104). */
export async function findTestMessage(
  db: Database,
  input: { workspaceId: WorkspaceId; messageId: string },
) {
  const [row] = await db
    .select({
      id: messages.id,
      conversationId: messages.conversationId,
      status: messages.status,
      providerId: messages.providerId,
      errorCode: messages.errorCode,
      errorMessage: messages.errorMessage,
      statusReason: messages.statusReason,
    })
    .from(messages)
    .where(and(eq(messages.workspaceId, input.workspaceId), eq(messages.id, input.messageId)));
  return row ?? null;
}

function selectIntegrations(db: Database, where: SQL | undefined) {
  return db
    .select({
      id: integrations.id,
      workspaceId: integrations.workspaceId,
      accountId: integrations.accountId,
      name: integrations.name,
      type: integrations.type,
      provider: accounts.provider,
      accountSid: integrations.accountSid,
      sender: integrations.sender,
      fromName: integrations.fromName,
      messagingServiceSid: integrations.messagingServiceSid,
      pacePerSecond: integrations.pacePerSecond,
      isActive: integrations.isActive,
      /** A configuration fault of it or of its account; null: it sends. */
      stoppedAt:
        sql<Date | null>`coalesce(${accounts.stoppedAt}, ${integrations.stoppedAt})`.mapWith(
          accounts.stoppedAt,
        ),
      isDefault: integrations.isDefault,
      defaultCountry: integrations.defaultCountry,
      isVisibleToAll: integrations.isVisibleToAll,
      isSystem: accounts.isSystem,
      hasToken: sql<boolean>`${accounts.tokenSealed} is not null`,
      hasWebhookSecret: sql<boolean>`${accounts.webhookSecretSealed} is not null`,
      hasNextToken: sql<boolean>`${accounts.nextTokenSealed} is not null`,
      /** null: the vendor's own; the demo's accounts carry the simulator's. */
      apiOrigin: accounts.apiOrigin,
      lastWebhookAt: accounts.lastWebhookAt,
      createdAt: integrations.createdAt,
      updatedAt: integrations.updatedAt,
    })
    .from(integrations)
    .innerJoin(accounts, eq(accounts.id, integrations.accountId))
    .where(where);
}
