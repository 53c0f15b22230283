import { and, eq, gt, max, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { HIGH_FREQUENCY, type RecentAlerts } from "../../lib/domain/deciding/high-frequency";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import { digests, notifications } from "../schema";
import { among, isIn, uuidList } from "./among";

type Since = { workspaceId: WorkspaceId; personIds: readonly string[]; since: Date };

type GivenSince = Given<"workspaceId" | "personIds" | "since">;

function written({ workspaceId, personIds, since }: Since) {
  return { workspaceId, personIds: uuidList(personIds), since: since.toISOString() };
}

const departuresOf = rememberQuery((db, given: GivenSince) => {
  const alone = db
    .select({ personId: notifications.personId, leftAt: notifications.leftAt })
    .from(notifications)
    .where(
      and(
        isIn(notifications.workspaceId, given("workspaceId")),
        among(notifications.personId, given("personIds")),
        gt(notifications.leftAt, given("since")),
      ),
    );
  const together = db
    .select({ personId: digests.personId, leftAt: digests.leftAt })
    .from(digests)
    .where(
      and(
        isIn(digests.workspaceId, given("workspaceId")),
        among(digests.personId, given("personIds")),
        gt(digests.leftAt, given("since")),
      ),
    );
  return unionAll(alone, together);
});

/** When notifications and summaries left for each person. */
export async function findDepartures(db: Database, given: Since) {
  const rows = await departuresOf(db, written(given));
  return rows.flatMap(({ personId, leftAt }) => (leftAt === null ? [] : [{ personId, leftAt }]));
}

const windowsOf = rememberQuery((db, given: GivenSince) =>
  db
    .select({
      personId: notifications.personId,
      type: notifications.type,
      openedAt: max(notifications.createdAt),
    })
    .from(notifications)
    .where(
      and(
        isIn(notifications.workspaceId, given("workspaceId")),
        among(notifications.personId, given("personIds")),
        eq(notifications.opensWindow, true),
        gt(notifications.createdAt, given("since")),
      ),
    )
    .groupBy(notifications.personId, notifications.type),
);

/** When the first of a type left for each person, of the types that are being gathered. */
export async function findWindows(db: Database, given: Since) {
  const rows = await windowsOf(db, written(given));
  return rows.flatMap(({ openedAt, ...row }) => (openedAt === null ? [] : [{ ...row, openedAt }]));
}

const recentAlertsOf = rememberQuery((db, given: GivenSince) => {
  const isTold = eq(notifications.type, HIGH_FREQUENCY);
  return db
    .select({
      personId: notifications.personId,
      count: sql<number>`(count(*) filter (where not ${isTold}))::int`,
      isTold: sql<boolean>`bool_or(${isTold})`,
    })
    .from(notifications)
    .where(
      and(
        isIn(notifications.workspaceId, given("workspaceId")),
        among(notifications.personId, given("personIds")),
        eq(notifications.kind, "alert"),
        gt(notifications.createdAt, given("since")),
      ),
    )
    .groupBy(notifications.personId);
});

/** The alerts that came to each person, of those to whom any came. */
export async function findRecentAlerts(
  db: Database,
  given: Since,
): Promise<Map<string, RecentAlerts>> {
  const rows = await recentAlertsOf(db, written(given));
  return new Map(rows.map(({ personId, ...recent }) => [personId, recent]));
}
