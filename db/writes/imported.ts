import { and, eq, sql } from "drizzle-orm";
import type { MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { SentMessage } from "../../lib/ports/sms";
import type { Database, Sql } from "../client";
import { attempts, conversations, messages } from "../schema";
import { oweMessage } from "./owed-webhooks";

export type ImportedMessage = { id: string; workspaceId: WorkspaceId; conversationId: string };

type Import = {
  id: string;
  workspaceId: WorkspaceId;
  /** Locked until the transaction ends. */
  conversation: { id: string; personId: string };
  integrationId: string;
  accountId: string;
  channel: "sms" | "whatsapp";
  from: string;
  to: string;
  sent: SentMessage;
};

/**
 * A text that left at the provider without us, as a message of its conversation. null: its id is known
 * as a message's already; then nothing is stored.
 */
export async function insertImported(
  tx: Database,
  { id, workspaceId, conversation, sent, ...row }: Import,
): Promise<ImportedMessage | null> {
  const { providerId, sentAt, report } = sent;
  const status: MessageStatus = report.status ?? "sent";
  const attempt = { workspaceId, messageId: id, accountId: row.accountId, number: 1, providerId };
  const isKnown = await tx.$count(
    attempts,
    and(eq(attempts.accountId, row.accountId), eq(attempts.providerId, providerId)),
  );
  if (isKnown > 0) return null;
  const [place] = await tx
    .update(conversations)
    .set({
      lastSeq: sql`${conversations.lastSeq} + 1`,
      revision: sql`${conversations.revision} + 1`,
      lastMessageId: id,
    })
    .where(and(eq(conversations.workspaceId, workspaceId), eq(conversations.id, conversation.id)))
    .returning({ seq: conversations.lastSeq });
  await tx.insert(messages).values({
    id,
    workspaceId,
    conversationId: conversation.id,
    personId: conversation.personId,
    integrationId: row.integrationId,
    accountId: row.accountId,
    seq: place?.seq ?? null,
    direction: "out",
    channel: row.channel,
    fromAddress: row.from,
    toAddress: row.to,
    body: sent.body,
    content: { sentElsewhere: true, mediaCount: sent.mediaCount },
    status,
    errorCode: report.errorCode,
    errorMessage: report.errorMessage,
    attempt: 1,
    attemptsCounted: 1,
    providerId,
    sendAfter: sentAt,
    createdAt: sentAt,
    sentAt,
    deliveredAt: status === "delivered" || status === "read" ? sentAt : null,
    failedAt: status === "failed" || status === "undelivered" ? sentAt : null,
  });
  await tx.insert(attempts).values({
    ...attempt,
    startedAt: sentAt,
    leaseUntil: sentAt,
    finishedAt: sentAt,
    outcome: "accepted",
    status,
  });
  await oweMessage(tx, { id, at: sentAt });
  return { id, workspaceId, conversationId: conversation.id };
}

/**
 * A message of ours turns out to be the one that was imported under this id: the import goes.
 * @returns false: it is no import that has the id
 */
export async function dropImported(
  raw: Sql,
  { messageId, providerId }: { messageId: string; providerId: string },
): Promise<boolean> {
  const rows = await raw`
    with ours as (select account_id, conversation_id from messages where id = ${messageId}),
    gone as (
      delete from messages m using attempts a, ours o
      where a.provider_id = ${providerId} and a.account_id = o.account_id and m.id = a.message_id
        and m.id <> ${messageId} and m.content ->> 'sentElsewhere' = 'true'
      returning m.id, m.conversation_id
    )
    update conversations c
    set revision = c.revision + 1, last_message_id = case when c.last_message_id in (select id from gone)
      then (select m.id from messages m
        where m.conversation_id = c.id and m.seq is not null and m.id not in (select id from gone)
        order by m.seq desc limit 1)
      else c.last_message_id end
    where c.id in (select conversation_id from gone)
    returning c.id`;
  return rows.length > 0;
}
