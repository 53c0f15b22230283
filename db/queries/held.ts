import { and, asc, countDistinct, eq, inArray, isNotNull, min } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { deliveries, notifications } from "../schema";
import type { DeliveryRow, NotificationRow } from "../writes/notifications";

type Of = { workspaceId: WorkspaceId; personId: string };

/** What is kept of one notification. */
export type HeldNotification = Pick<
  NotificationRow,
  "id" | "type" | "category" | "severity" | "title" | "body" | "createdAt"
> & { deliveries: DeliveryRow[] };

export type HeldBox = {
  /** Notifications of which something is kept, also those that are not listed. */
  total: number;
  /** When the first of them is decided again; null: nothing is kept. */
  nextReleaseAt: Date | null;
  notifications: HeldNotification[];
};

/** What the gates keep for a person, oldest first. */
export async function findHeldBox(
  db: Database,
  { workspaceId, personId, limit }: Of & { limit: number },
): Promise<HeldBox> {
  const isKept = and(
    eq(deliveries.workspaceId, workspaceId),
    eq(deliveries.personId, personId),
    isNotNull(deliveries.releaseAt),
  );
  const [sum] = await db
    .select({ total: countDistinct(deliveries.notificationId), next: min(deliveries.releaseAt) })
    .from(deliveries)
    .where(isKept);
  const { id, type, category, severity, title, body, createdAt } = notifications;
  const rows = await db
    .select({ id, type, category, severity, title, body, createdAt })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        inArray(
          notifications.id,
          db.select({ id: deliveries.notificationId }).from(deliveries).where(isKept),
        ),
      ),
    )
    .orderBy(asc(createdAt), asc(id))
    .limit(limit);
  const ids = rows.map((row) => row.id);
  const kept = ids.length === 0 ? [] : await keptOf(db, { workspaceId, personId, ids });
  return {
    total: sum?.total ?? 0,
    nextReleaseAt: sum?.next ?? null,
    notifications: rows.map((row) => {
      return { ...row, deliveries: kept.filter((one) => one.notificationId === row.id) };
    }),
  };
}

function keptOf(db: Database, { workspaceId, personId, ids }: Of & { ids: readonly string[] }) {
  return db
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        eq(deliveries.personId, personId),
        inArray(deliveries.notificationId, [...ids]),
        isNotNull(deliveries.releaseAt),
      ),
    )
    .orderBy(asc(deliveries.channel));
}
