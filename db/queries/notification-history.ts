import { and, eq, gt, max, sql } from "drizzle-orm";
import { HIGH_FREQUENCY, type RecentAlerts } from "../../lib/domain/deciding/high-frequency";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { digests, notifications } from "../schema";
import { among } from "./among";

type Since = { workspaceId: WorkspaceId; personIds: readonly string[]; since: Date };

/** When notifications and summaries left for each person. */
export async function findDepartures(db: Database, { workspaceId, personIds, since }: Since) {
  const alone = db
    .select({ personId: notifications.personId, leftAt: notifications.leftAt })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        among(notifications.personId, personIds),
        gt(notifications.leftAt, since),
      ),
    );
  const together = db
    .select({ personId: digests.personId, leftAt: digests.leftAt })
    .from(digests)
    .where(
      and(
        eq(digests.workspaceId, workspaceId),
        among(digests.personId, personIds),
        gt(digests.leftAt, since),
      ),
    );
  return (await Promise.all([alone, together]))
    .flat()
    .flatMap(({ personId, leftAt }) => (leftAt === null ? [] : [{ personId, leftAt }]));
}

/** When the first of a type left for each person, of the types that are being gathered. */
export async function findWindows(db: Database, { workspaceId, personIds, since }: Since) {
  const rows = await db
    .select({
      personId: notifications.personId,
      type: notifications.type,
      openedAt: max(notifications.createdAt),
    })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        among(notifications.personId, personIds),
        eq(notifications.opensWindow, true),
        gt(notifications.createdAt, since),
      ),
    )
    .groupBy(notifications.personId, notifications.type);
  return rows.flatMap(({ openedAt, ...row }) => (openedAt === null ? [] : [{ ...row, openedAt }]));
}

/** The alerts that came to each person, of those to whom any came. */
export async function findRecentAlerts(
  db: Database,
  { workspaceId, personIds, since }: Since,
): Promise<Map<string, RecentAlerts>> {
  const isTold = eq(notifications.type, HIGH_FREQUENCY);
  const rows = await db
    .select({
      personId: notifications.personId,
      count: sql<number>`(count(*) filter (where not ${isTold}))::int`,
      isTold: sql<boolean>`bool_or(${isTold})`,
    })
    .from(notifications)
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        among(notifications.personId, personIds),
        eq(notifications.kind, "alert"),
        gt(notifications.createdAt, since),
      ),
    )
    .groupBy(notifications.personId);
  return new Map(rows.map(({ personId, ...recent }) => [personId, recent]));
}
