import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { ThreadNotification, ToldNotification } from "../../lib/domain/inbox";
import { ANSWERED_WITHIN_HOURS } from "../../lib/domain/reply-codes/judge-reply";
import type { Scope } from "../../lib/domain/viewer";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { deliveries, memberships, messages, notifications } from "../schema";
import { withinScope } from "./scope";

const TOLD = {
  id: notifications.id,
  kind: notifications.kind,
  title: notifications.title,
  subject: notifications.subject,
  answer: notifications.answerAction,
};

/**
 * What the messages of a thread are about, in one query: of ours, what they tell; of theirs, what they
 * answer. That is what they quote, else what they are the first real message after, within 72 h. Codes
 * and what we answered to these lie between without counting.
 */
export async function notificationsOf(
  db: Database,
  { workspaceId, messageIds }: { workspaceId: WorkspaceId; messageIds: readonly string[] },
): Promise<Map<string, ThreadNotification[]>> {
  const found = new Map<string, ThreadNotification[]>();
  if (messageIds.length === 0) return found;
  const isTalk = sql`(p.direction = 'in' and not coalesce(p.content ? 'replyCode', false)
    or p.direction = 'out' and (p.notification_id is null
      or exists (select 1 from ${deliveries} told where told.message_id = p.id)))`;
  const source = db
    .select({
      asked: messages.id,
      messageId: sql<string>`case
        when messages.direction = 'out' then messages.id
        when messages.quoted_message_id is not null then messages.quoted_message_id
        else (
          select case when last.direction = 'out' and last.created_at >=
            messages.created_at - make_interval(hours => ${ANSWERED_WITHIN_HOURS})
            then last.id end
          from (
            select p.id, p.direction, p.created_at from ${messages} p
            where p.conversation_id = messages.conversation_id and p.seq < messages.seq
              and ${isTalk}
            order by p.seq desc limit 1
          ) last
        ) end`.as("source_id"),
    })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), inArray(messages.id, [...messageIds])))
    .as("source");
  const rows = await db
    .select({ ...TOLD, asked: source.asked })
    .from(source)
    .innerJoin(
      deliveries,
      and(eq(deliveries.messageId, source.messageId), eq(deliveries.workspaceId, workspaceId)),
    )
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .orderBy(desc(notifications.createdAt), desc(notifications.id));
  for (const { asked, ...told } of rows) {
    const list = found.get(asked) ?? [];
    list.push(told);
    found.set(asked, list);
  }
  return found;
}

/** Shown beside a thread. */
const LATEST = 5;

/**
 * What a person was told lately, newest first. Of a colleague, and to readers who may not see every
 * number, only what went by a number that they see.
 */
export async function listToldTo(
  db: Database,
  scope: Scope,
  personId: string,
): Promise<ToldNotification[]> {
  const { workspaceId } = scope;
  const isOpen = scope.integrations === "all" && !(await isColleague(db, scope, personId));
  // With a limit it is asked of each row by index, instead of for all that there are.
  const seen = db
    .select({ isSeen: sql`true` })
    .from(deliveries)
    .innerJoin(messages, eq(messages.id, deliveries.messageId))
    .where(and(eq(deliveries.notificationId, notifications.id), withinScope(messages, scope)))
    .limit(1);
  const rows = await db
    .select({
      ...TOLD,
      severity: notifications.severity,
      createdAt: notifications.createdAt,
      answeredAt: notifications.answeredAt,
    })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        eq(notifications.personId, personId),
        isOpen ? undefined : sql`(${seen})`,
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(LATEST);
  if (rows.length === 0) return [];
  const fates = await db
    .select({
      notificationId: deliveries.notificationId,
      channel: deliveries.channel,
      fate: deliveries.fate,
      messageStatus: messages.status,
    })
    .from(deliveries)
    .leftJoin(messages, eq(messages.id, deliveries.messageId))
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        inArray(
          deliveries.notificationId,
          rows.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(deliveries.channel);
  return rows.map(({ createdAt, answeredAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
    deliveries: fates.flatMap(({ notificationId, ...fate }) =>
      notificationId === row.id ? [fate] : [],
    ),
  }));
}

async function isColleague(
  db: Database,
  { workspaceId }: Pick<Scope, "workspaceId">,
  personId: string,
): Promise<boolean> {
  const isTheirs = and(
    eq(memberships.workspaceId, workspaceId),
    eq(memberships.personId, personId),
  );
  return (await db.$count(memberships, isTheirs)) > 0;
}
