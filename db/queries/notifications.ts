import { and, count, desc, eq, exists, getTableColumns, inArray, isNull, sql } from "drizzle-orm";
import type { MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { deliveries, messages, notifications } from "../schema";
import type { DeliveryRow, NotificationRow } from "../writes/notifications";
import { type Cursor, encodeRowCursor } from "./cursor";
import { isOf, matches, type NotificationFilter, type Whose } from "./notification-filter";

type Listing = Whose & {
  filter: NotificationFilter;
  cursor: Cursor | null;
  limit: number;
};

export type NotificationWithDeliveries = NotificationRow & {
  deliveries: (DeliveryRow & {
    /** How far its message is; null: it has none. */
    messageStatus: MessageStatus | null;
    /** Why it came to nothing, as its provider or we ourselves name it. */
    messageError: string | null;
  })[];
};

/** Newest first, each with what became of it on every channel. */
export async function listNotifications(
  db: Database,
  { filter, cursor, limit, ...whose }: Listing,
): Promise<{ notifications: NotificationWithDeliveries[]; nextCursor: string | null }> {
  const rows = await db
    .select()
    .from(notifications)
    .where(
      and(
        isOf(whose),
        matches(db, filter),
        cursor
          ? sql`(${notifications.createdAt}, ${notifications.id}) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
          : undefined,
      ),
    )
    // As the index has it: without "nulls last" the whole history would be sorted for each page.
    .orderBy(
      sql`${notifications.createdAt} desc nulls last`,
      sql`${notifications.id} desc nulls last`,
    )
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    notifications: await withDeliveries(db, whose.workspaceId, shown),
    nextCursor: rows.length > limit && last ? encodeRowCursor(last) : null,
  };
}

/** null: there is none of that id, or it is somebody else's. */
export async function findNotification(
  db: Database,
  { id, ...whose }: Whose & { id: string },
): Promise<NotificationWithDeliveries | null> {
  const rows = await db
    .select()
    .from(notifications)
    .where(and(isOf(whose), eq(notifications.id, id)));
  const [found] = await withDeliveries(db, whose.workspaceId, rows);
  return found ?? null;
}

/** How many of a person's notifications are shown in the bell and were not read. */
export async function countUnread(
  db: Database,
  { workspaceId, personId }: { workspaceId: WorkspaceId; personId: string },
): Promise<number> {
  const counts = await countUnreadOf(db, { workspaceId, personIds: [personId] });
  return counts.get(personId) ?? 0;
}

/** The same of several persons; who has none is left out. */
export async function countUnreadOf(
  db: Database,
  { workspaceId, personIds }: { workspaceId: WorkspaceId; personIds: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await db
    .select({ personId: notifications.personId, unread: count() })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        inArray(notifications.personId, [...personIds]),
        isNull(notifications.readAt),
        exists(shownInBell(db)),
      ),
    )
    .groupBy(notifications.personId);
  return new Map(rows.map(({ personId, unread }) => [personId, unread]));
}

/** The last ones in a person's bell, newest first. */
export async function listBell(
  db: Database,
  { workspaceId, personId, limit }: { workspaceId: WorkspaceId; personId: string; limit: number },
) {
  return db
    .select({
      id: notifications.id,
      title: notifications.title,
      body: notifications.body,
      severity: notifications.severity,
      subject: notifications.subject,
      readAt: notifications.readAt,
      createdAt: notifications.createdAt,
    })
    .from(notifications)
    .where(and(isOf({ workspaceId, personId }), exists(shownInBell(db))))
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit);
}

function shownInBell(db: Database) {
  return db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.notificationId, notifications.id), eq(deliveries.fate, "web")));
}

async function withDeliveries(
  db: Database,
  workspaceId: WorkspaceId,
  rows: readonly NotificationRow[],
): Promise<NotificationWithDeliveries[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const all = await db
    .select({
      ...getTableColumns(deliveries),
      messageStatus: messages.status,
      messageError: messages.errorCode,
    })
    .from(deliveries)
    .leftJoin(
      messages,
      and(eq(messages.id, deliveries.messageId), eq(messages.workspaceId, deliveries.workspaceId)),
    )
    .where(and(eq(deliveries.workspaceId, workspaceId), inArray(deliveries.notificationId, ids)))
    .orderBy(deliveries.channel);
  return rows.map((row) => {
    return { ...row, deliveries: all.filter(({ notificationId }) => notificationId === row.id) };
  });
}
