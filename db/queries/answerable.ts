import { and, desc, eq, gt, gte, inArray, isNotNull, isNull, max, or, sql } from "drizzle-orm";
import type { ReplyCode } from "../../lib/domain/reply-codes/reply-code";
import type { Subject } from "../../lib/domain/subject";
import type { AddressKind, MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import {
  addresses,
  attempts,
  conversations,
  deliveries,
  messages,
  notifications,
  offeredLists,
  persons,
} from "../schema";
import { findRecipients } from "./recipients";

export type Answering = {
  workspaceId: WorkspaceId;
  integrationId: string;
  /** Whom the text is from. */
  from: { kind: AddressKind; value: string };
};

/** `isLocked`: the rows stay as they are until the transaction ends. */
type Reading = { isLocked: boolean };

/** The conversation a text would join, if there is one and its person is not blocked. */
export async function findAnsweringConversation(
  db: Database,
  { workspaceId, integrationId, from }: Answering,
  { isLocked }: Reading,
) {
  const query = db
    .select({ id: conversations.id, personId: conversations.personId })
    .from(addresses)
    .innerJoin(persons, and(eq(persons.id, addresses.personId), isNull(persons.blockedAt)))
    .innerJoin(
      conversations,
      and(
        eq(conversations.personId, addresses.personId),
        eq(conversations.integrationId, integrationId),
      ),
    )
    .where(
      and(
        eq(addresses.workspaceId, workspaceId),
        eq(addresses.kind, from.kind),
        eq(addresses.value, from.value),
      ),
    );
  const [row] = isLocked ? await query.for("no key update", { of: conversations }) : await query;
  return row ?? null;
}

export type AnswerableRow = {
  id: string;
  type: string;
  title: string;
  subject: Subject | null;
  data: Readonly<Record<string, unknown>>;
  codes: readonly ReplyCode[];
  /** When it was handed to the provider. */
  sentAt: Date;
  /** The message that told it, and its place in the thread. */
  messageId: string;
  seq: number;
};

/** They may have arrived: those whose fate is not known yet, too. */
const LEFT: readonly MessageStatus[] = [
  "sending",
  "unconfirmed",
  "accepted",
  "sent",
  "delivered",
  "read",
];
/** Those looked at; more unanswered ones than that are no question any more. */
const NEWEST = 50;

type Of = { workspaceId: WorkspaceId; conversationId: string; personId: string; since: Date };

/** Of a person's newest unanswered notifications with reply codes, those that left in a conversation. */
export async function findAnswerable(
  db: Database,
  of: Of,
  reading: Reading,
): Promise<AnswerableRow[]> {
  const open = await findUnanswered(db, of, reading);
  if (open.length === 0) return [];
  const ids = open.map(({ id }) => id);
  const told = await db
    .select({
      id: deliveries.notificationId,
      startedAt: attempts.startedAt,
      createdAt: messages.createdAt,
      messageId: messages.id,
      seq: messages.seq,
    })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageId))
    .leftJoin(
      attempts,
      and(eq(attempts.messageId, messages.id), eq(attempts.number, messages.attempt)),
    )
    .where(
      and(
        eq(deliveries.workspaceId, of.workspaceId),
        inArray(deliveries.notificationId, ids),
        eq(messages.conversationId, of.conversationId),
        inArray(messages.status, [...LEFT]),
      ),
    );
  return told.flatMap(({ id, startedAt, createdAt, seq, messageId }) => {
    const notification = open.find((one) => one.id === id);
    if (!notification?.codes || seq === null) return [];
    const { codes } = notification;
    return [{ ...notification, codes, messageId, seq, sentAt: startedAt ?? createdAt }];
  });
}

async function findUnanswered(
  db: Database,
  { workspaceId, personId, since }: Of,
  { isLocked }: Reading,
) {
  const query = db
    .select({
      id: notifications.id,
      type: notifications.type,
      title: notifications.title,
      subject: notifications.subject,
      data: notifications.data,
      codes: notifications.replyCodes,
    })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        eq(notifications.personId, personId),
        gte(notifications.createdAt, since),
        isNotNull(notifications.replyCodes),
        isNull(notifications.answeredAt),
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(NEWEST);
  return isLocked ? query.for("no key update") : query;
}

type After = { workspaceId: WorkspaceId; conversationId: string; seq: number };

/** The seq of the last thing after `seq` that people wrote to the person by hand or API; 0: nothing. */
export async function findLastWrittenTo(
  db: Database,
  { workspaceId, conversationId, seq }: After,
): Promise<number> {
  const [row] = await db
    .select({ seq: max(messages.seq) })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.conversationId, conversationId),
        gt(messages.seq, seq),
        eq(messages.direction, "out"),
        isNull(messages.notificationId),
        or(
          isNotNull(messages.authorUserId),
          isNotNull(messages.apiKeyId),
          sql`${messages.content} -> 'sentElsewhere' = 'true'`,
        ),
      ),
    );
  return row?.seq ?? 0;
}

/** The message of ours that a provider id is of, and whether it tells of notifications; null: none. */
export async function findQuotedMessage(
  db: Database,
  quoted: { workspaceId: WorkspaceId; accountId: string; providerId: string },
) {
  const [row] = await db
    .select({ id: messages.id, notificationId: messages.notificationId })
    .from(attempts)
    .innerJoin(messages, eq(messages.id, attempts.messageId))
    .where(
      and(
        eq(attempts.workspaceId, quoted.workspaceId),
        eq(attempts.accountId, quoted.accountId),
        eq(attempts.providerId, quoted.providerId),
      ),
    );
  return row ?? null;
}

/** The last numbered list that was offered in a conversation. */
export async function findOfferedList(
  db: Database,
  { workspaceId, conversationId }: { workspaceId: WorkspaceId; conversationId: string },
) {
  const [row] = await db
    .select({ offeredAt: offeredLists.offeredAt, choices: offeredLists.choices })
    .from(offeredLists)
    .where(
      and(
        eq(offeredLists.workspaceId, workspaceId),
        eq(offeredLists.conversationId, conversationId),
      ),
    );
  return row ?? null;
}

/** In which language a person is written to. */
export async function findLocaleOf(
  db: Database,
  { workspaceId, personId }: { workspaceId: WorkspaceId; personId: string },
) {
  const [row] = await findRecipients(db, { workspaceId, personIds: [personId] });
  if (!row) throw new Error("a conversation has a person");
  return row.locale;
}
