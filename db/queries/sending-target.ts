import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import { accounts, consents, conversations, integrations, media, messages, tasks } from "../schema";
import { among, isIn, uuidList } from "./among";

export type SendingTarget = Awaited<ReturnType<typeof lockSendingTargets>>[number];

type Targets = { workspaceId: WorkspaceId; conversationIds: readonly string[] };

const targetsOf = rememberQuery((db, given: Given<"workspaceId" | "conversationIds">) => {
  const lastConsent = db
    .select({ state: consents.state })
    .from(consents)
    .where(
      and(
        eq(consents.workspaceId, conversations.workspaceId),
        eq(consents.personId, conversations.personId),
        eq(consents.integrationId, conversations.integrationId),
        eq(consents.channel, integrations.type),
      ),
    )
    .orderBy(desc(consents.id))
    .limit(1);
  const openTask = db
    .select({ code: tasks.errorCode })
    .from(tasks)
    .where(
      and(
        eq(tasks.workspaceId, conversations.workspaceId),
        eq(tasks.channel, integrations.type),
        eq(tasks.address, conversations.address),
        isNull(tasks.closedAt),
      ),
    );
  return db
    .select({
      conversationId: conversations.id,
      personId: conversations.personId,
      address: conversations.address,
      lastSeq: conversations.lastSeq,
      lastInboundAt: conversations.lastInboundAt,
      integrationId: integrations.id,
      accountId: integrations.accountId,
      channel: integrations.type,
      sender: integrations.sender,
      isActive: integrations.isActive,
      isDeleted: sql<boolean>`${integrations.deletedAt} is not null`,
      provider: accounts.provider,
      hasCredentials: sql<boolean>`${accounts.sid} is not null and ${accounts.tokenSealed} is not null`,
      /** The code of an open task about the address; null: nothing is known against it. */
      badNumber: sql<string | null>`(${openTask})`,
      consent: sql<"opted_in" | "opted_out" | null>`(${lastConsent})`,
    })
    .from(conversations)
    .innerJoin(integrations, eq(integrations.id, conversations.integrationId))
    .innerJoin(accounts, eq(accounts.id, integrations.accountId))
    .where(
      and(
        among(conversations.id, given("conversationIds")),
        isIn(conversations.workspaceId, given("workspaceId")),
      ),
    )
    .orderBy(asc(conversations.id))
    .for("update", { of: conversations });
});

/**
 * The conversations that messages are to join, each with its sender and account, locked in the order of
 * their ids until the transaction ends: so seqs are given out one by one, and two that lock several
 * never wait for each other in a circle. Those of other workspaces are left out.
 */
export async function lockSendingTargets(tx: Database, { workspaceId, conversationIds }: Targets) {
  return targetsOf(tx, { workspaceId, conversationIds: uuidList(conversationIds) });
}

type UploadsOf = { workspaceId: WorkspaceId; ids: readonly string[] };

/** Files uploaded in this workspace that no message carries yet; fewer rows than ids: not all are. */
export async function lockUploads(tx: Database, { workspaceId, ids }: UploadsOf) {
  if (ids.length === 0) return [];
  return tx
    .select({
      id: media.id,
      size: media.size,
      contentType: media.contentType,
      fileName: media.fileName,
    })
    .from(media)
    .where(
      and(
        eq(media.workspaceId, workspaceId),
        among(media.id, ids),
        isNull(media.messageId),
        eq(media.direction, "out"),
        eq(media.status, "stored"),
      ),
    )
    .for("update");
}

/** The messages that keys made before, each with the ids of its files in their order. */
export async function findMessagesByKeys(
  tx: Database,
  { workspaceId, keys }: { workspaceId: WorkspaceId; keys: readonly string[] },
) {
  if (keys.length === 0) return [];
  const rows = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), inArray(messages.idempotencyKey, [...keys])));
  if (rows.length === 0) return [];
  const files = await tx
    .select({ id: media.id, messageId: media.messageId })
    .from(media)
    .where(
      inArray(
        media.messageId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(media.position));
  return rows.map((message) => ({
    message,
    mediaIds: files.flatMap(({ id, messageId }) => (messageId === message.id ? [id] : [])),
  }));
}
