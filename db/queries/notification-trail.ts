import { and, asc, eq, inArray } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { accounts, attempts, integrations, messages, timeline } from "../schema";

type Of = { workspaceId: WorkspaceId; messageIds: readonly string[] };

export type TrailMessage = Awaited<ReturnType<typeof findSent>>[number];
export type TrailAttempt = Awaited<ReturnType<typeof findAttempts>>[number];
export type TrailLine = Awaited<ReturnType<typeof findLines>>[number];

/** Messages with their tries and what the providers told about them, each list oldest first. */
export type Trail = { message: TrailMessage; attempts: TrailAttempt[]; lines: TrailLine[] };

/** What happened to the messages that a notification became. */
export async function findTrails(db: Database, of: Of): Promise<Trail[]> {
  if (of.messageIds.length === 0) return [];
  const sent = await findSent(db, of);
  const tried = await findAttempts(db, of);
  const told = await findLines(db, of);
  return sent.map((message) => ({
    message,
    attempts: tried.filter(({ messageId }) => messageId === message.id),
    lines: told.filter(({ messageId }) => messageId === message.id),
  }));
}

function findSent(db: Database, { workspaceId, messageIds }: Of) {
  return db
    .select({
      id: messages.id,
      channel: messages.channel,
      status: messages.status,
      statusReason: messages.statusReason,
      errorCode: messages.errorCode,
      errorMessage: messages.errorMessage,
      fromAddress: messages.fromAddress,
      toAddress: messages.toAddress,
      subject: messages.subject,
      body: messages.body,
      content: messages.content,
      segments: messages.segments,
      createdAt: messages.createdAt,
      sendAfter: messages.sendAfter,
      integrationName: integrations.name,
      messagingServiceSid: integrations.messagingServiceSid,
      provider: accounts.provider,
      accountSid: accounts.sid,
    })
    .from(messages)
    .innerJoin(integrations, eq(integrations.id, messages.integrationId))
    .innerJoin(accounts, eq(accounts.id, messages.accountId))
    .where(and(eq(messages.workspaceId, workspaceId), inArray(messages.id, [...messageIds])))
    .orderBy(asc(messages.createdAt), asc(messages.id));
}

function findAttempts(db: Database, { workspaceId, messageIds }: Of) {
  return db
    .select({
      messageId: attempts.messageId,
      number: attempts.number,
      startedAt: attempts.startedAt,
      finishedAt: attempts.finishedAt,
      outcome: attempts.outcome,
      status: attempts.status,
      providerId: attempts.providerId,
      httpStatus: attempts.httpStatus,
      errorCode: attempts.errorCode,
      errorMessage: attempts.errorMessage,
    })
    .from(attempts)
    .where(and(eq(attempts.workspaceId, workspaceId), inArray(attempts.messageId, [...messageIds])))
    .orderBy(asc(attempts.messageId), asc(attempts.number));
}

function findLines(db: Database, { workspaceId, messageIds }: Of) {
  return db
    .select({
      messageId: timeline.messageId,
      at: timeline.at,
      event: timeline.event,
      attempt: timeline.attempt,
      data: timeline.data,
    })
    .from(timeline)
    .where(and(eq(timeline.workspaceId, workspaceId), inArray(timeline.messageId, [...messageIds])))
    .orderBy(asc(timeline.messageId), asc(timeline.id));
}

/** Seconds from when each message was due until a provider had it; those that none has are left out. */
export async function findDelays(
  db: Database,
  { workspaceId, messageIds }: Of,
): Promise<Map<string, number>> {
  if (messageIds.length === 0) return new Map();
  const rows = await db
    .select({ id: messages.id, due: messages.sendAfter, taken: attempts.finishedAt })
    .from(messages)
    .innerJoin(
      attempts,
      and(
        eq(attempts.messageId, messages.id),
        eq(attempts.number, messages.attempt),
        eq(attempts.outcome, "accepted"),
      ),
    )
    .where(and(eq(messages.workspaceId, workspaceId), inArray(messages.id, [...messageIds])));
  return new Map(
    rows.flatMap(({ id, due, taken }) =>
      due && taken ? [[id, Math.max(0, (taken.getTime() - due.getTime()) / 1000)]] : [],
    ),
  );
}
