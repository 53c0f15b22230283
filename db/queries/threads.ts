import { and, asc, desc, eq, gt, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { ThreadMedia, ThreadMessage, ThreadPage } from "../../lib/domain/inbox";
import type { Actor, Scope } from "../../lib/domain/viewer";
import type { Database } from "../client";
import { media, messages, users } from "../schema";
import { countedEstimate, shownReason } from "./message-cost";
import { withinScope } from "./scope";
import { shownBody } from "./shown-body";
import { listActivities } from "./thread-activities";
import { notificationsOf } from "./thread-notifications";

const PAGE = 50;
const MAX_SCHEDULED = 100;

/**
 * One page of a thread, oldest first. The caller has checked that the conversation may be seen.
 * @param before seq of the oldest message already held; null for the newest page, which also brings
 *   the scheduled messages after all others
 */
export async function threadPage(
  db: Database,
  scope: Scope,
  input: { conversationId: string; before: number | null; limit?: number },
): Promise<ThreadPage> {
  const limit = input.limit ?? PAGE;
  const inThread = eq(messages.conversationId, input.conversationId);
  const sent = await selectMessages(db, scope, {
    where: and(
      inThread,
      input.before === null ? gt(messages.seq, 0) : lt(messages.seq, input.before),
    ),
    order: desc(messages.seq),
    limit: limit + 1,
  });
  const shown = sent.slice(0, limit).reverse();
  const oldest = shown[0]?.seq ?? null;
  const hasOlder = sent.length > limit;
  const [scheduled, acts] = await Promise.all([
    input.before === null ? scheduledMessages(db, scope, inThread) : [],
    listActivities(db, scope, {
      conversationId: input.conversationId,
      from: hasOlder && oldest !== null ? oldest : 0,
      before: input.before,
    }),
  ]);
  return {
    messages: await completed(db, scope, [...shown, ...scheduled]),
    activities: acts,
    olderCursor: hasOlder ? oldest : null,
  };
}

/** These messages as a thread shows them, in thread order; those beyond the scope are left out. */
export async function messagesByIds(
  db: Database,
  scope: Scope,
  ids: readonly string[],
): Promise<ThreadMessage[]> {
  if (ids.length === 0) return [];
  const rows = await selectMessages(db, scope, {
    where: inArray(messages.id, [...ids]),
    order: asc(messages.seq),
    limit: ids.length,
  });
  return completed(db, scope, rows);
}

/**
 * What a customer or a colleague wrote in a conversation after `seq`, oldest first, at most 50: neither
 * the reader's own messages nor automatic ones.
 */
export async function othersMessagesAfter(
  db: Database,
  scope: Scope,
  input: { conversationId: string; seq: number; actor: Actor },
): Promise<ThreadMessage[]> {
  const { actor } = input;
  const isMine =
    actor.kind === "user"
      ? sql`${messages.authorUserId} is not distinct from ${actor.userId}::uuid`
      : actor.kind === "api_key"
        ? sql`${messages.apiKeyId} is not distinct from ${actor.apiKeyId}::uuid`
        : sql`false`;
  const rows = await selectMessages(db, scope, {
    where: and(
      eq(messages.conversationId, input.conversationId),
      gt(messages.seq, input.seq),
      sql`(${messages.direction} = 'in'
        or (${messages.notificationId} is null and not ${isMine}))`,
    ),
    order: asc(messages.seq),
    limit: PAGE,
  });
  return completed(db, scope, rows);
}

function scheduledMessages(db: Database, scope: Scope, inThread: SQL) {
  return selectMessages(db, scope, {
    where: and(inThread, isNull(messages.seq), inArray(messages.status, ["scheduled", "paused"])),
    order: asc(messages.sendAfter),
    limit: MAX_SCHEDULED,
  });
}

const quoted = alias(messages, "quoted");

type MessageRow = Awaited<ReturnType<typeof selectMessages>>[number];

function selectMessages(
  db: Database,
  scope: Scope,
  query: { where: SQL | undefined; order: SQL; limit: number },
) {
  return db
    .select({
      id: messages.id,
      conversationId: messages.conversationId,
      seq: messages.seq,
      direction: messages.direction,
      kind: messages.kind,
      subject: messages.subject,
      body: shownBody(messages),
      // What is sealed is the recipient's alone.
      content: sql<Record<string, unknown> | null>`${messages.content} - 'sealed'`,
      status: messages.status,
      statusReason: shownReason,
      errorCode: messages.errorCode,
      errorMessage: messages.errorMessage,
      authorId: users.id,
      authorName: users.name,
      segments: messages.segments,
      price: messages.price,
      priceUnit: messages.priceUnit,
      estimate: countedEstimate,
      quotedProviderId: messages.quotedProviderId,
      quotedMessageId: messages.quotedMessageId,
      quotedId: quoted.id,
      quotedDirection: quoted.direction,
      quotedPreview: sql<string | null>`left(${shownBody(quoted)}, 160)`,
      createdAt: messages.createdAt,
      sendAfter: messages.sendAfter,
      sentAt: messages.sentAt,
      deliveredAt: messages.deliveredAt,
      readAt: messages.readAt,
      failedAt: messages.failedAt,
    })
    .from(messages)
    .leftJoin(users, eq(users.id, messages.authorUserId))
    .leftJoin(
      quoted,
      and(eq(quoted.id, messages.quotedMessageId), eq(quoted.workspaceId, messages.workspaceId)),
    )
    .where(and(withinScope(messages, scope), query.where))
    .orderBy(query.order)
    .limit(query.limit);
}

/** With their files and what they tell or answer. */
async function completed(
  db: Database,
  { workspaceId }: Pick<Scope, "workspaceId">,
  rows: readonly MessageRow[],
): Promise<ThreadMessage[]> {
  const messageIds = rows.map((row) => row.id);
  const [files, told] = await Promise.all([
    mediaOf(db, messageIds),
    notificationsOf(db, { workspaceId, messageIds }),
  ]);
  return rows.map((row) => {
    const more = { media: files.get(row.id) ?? [], about: told.get(row.id) ?? [] };
    return { ...toMessage(row), ...more };
  });
}

async function mediaOf(db: Database, messageIds: string[]) {
  const found = new Map<string, ThreadMedia[]>();
  if (messageIds.length === 0) return found;
  const rows = await db
    .select({
      messageId: media.messageId,
      id: media.id,
      status: media.status,
      contentType: media.contentType,
      fileName: media.fileName,
      size: media.size,
      width: media.width,
      height: media.height,
    })
    .from(media)
    .where(inArray(media.messageId, messageIds))
    .orderBy(asc(media.messageId), asc(media.position));
  for (const { messageId, ...file } of rows) {
    if (messageId === null) continue;
    const list = found.get(messageId) ?? [];
    list.push(file);
    found.set(messageId, list);
  }
  return found;
}

function toMessage(row: MessageRow): Omit<ThreadMessage, "media" | "about"> {
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    direction: row.direction,
    kind: row.kind,
    subject: row.subject,
    body: row.body,
    content: row.content,
    status: row.status,
    statusReason: row.statusReason,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    author: row.authorId ? { id: row.authorId, name: row.authorName ?? "" } : null,
    segments: row.segments,
    cost: costOf(row),
    quoted: quoteOf(row),
    createdAt: row.createdAt.toISOString(),
    sendAfter: row.sendAfter?.toISOString() ?? null,
    sentAt: row.sentAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
    failedAt: row.failedAt?.toISOString() ?? null,
  };
}

/** What the provider billed, else the estimate. */
function costOf({ price, priceUnit, estimate }: MessageRow): ThreadMessage["cost"] {
  if (price !== null && priceUnit !== null) {
    return { amount: Number(price), currency: priceUnit, isEstimate: false };
  }
  return estimate && { ...estimate, isEstimate: true };
}

/** What is quoted may never have reached us: then the quote is there, without its words. */
function quoteOf(row: MessageRow): ThreadMessage["quoted"] {
  if (row.quotedMessageId === null && row.quotedProviderId === null) return null;
  return { id: row.quotedId, direction: row.quotedDirection, preview: row.quotedPreview ?? "" };
}
