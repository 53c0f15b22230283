import { and, eq, gt, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { HIGH_FREQUENCY, type RecentAlerts } from "../../lib/domain/deciding/high-frequency";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { type Given, rememberQuery } from "../remember-query";
import { digests, notifications } from "../schema";
import { among, isIn, uuidList } from "./among";

const lastHourOf = rememberQuery(
  (db, given: Given<"workspaceId" | "personIds" | "left" | "opened">) => {
    const alone = db
      .select({
        personId: notifications.personId,
        opened: sql<string | null>`null::text`,
        at: notifications.leftAt,
      })
      .from(notifications)
      .where(
        and(
          isIn(notifications.workspaceId, given("workspaceId")),
          among(notifications.personId, given("personIds")),
          gt(notifications.leftAt, given("left")),
        ),
      );
    const together = db
      .select({
        personId: digests.personId,
        opened: sql<string | null>`null::text`,
        at: digests.leftAt,
      })
      .from(digests)
      .where(
        and(
          isIn(digests.workspaceId, given("workspaceId")),
          among(digests.personId, given("personIds")),
          gt(digests.leftAt, given("left")),
        ),
      );
    const windows = db
      .select({
        personId: notifications.personId,
        opened: sql<string | null>`${notifications.type}`,
        at: sql<Date | null>`max(${notifications.createdAt})`,
      })
      .from(notifications)
      .where(
        and(
          isIn(notifications.workspaceId, given("workspaceId")),
          among(notifications.personId, given("personIds")),
          eq(notifications.opensWindow, true),
          gt(notifications.createdAt, given("opened")),
        ),
      )
      .groupBy(notifications.personId, notifications.type);
    return unionAll(alone, together, windows);
  },
);

type Recent = {
  workspaceId: WorkspaceId;
  personIds: readonly string[];
  /** From when on departures count. */
  leftSince: Date;
  /** From when on an alert still gathers others of its type. */
  openedSince: Date;
};

/**
 * When notifications and summaries left for each person; and in rows of their own, which name the type in
 * `opened`, when the first left of a type that is being gathered.
 */
export async function findRecent(db: Database, recent: Recent) {
  const rows = await lastHourOf(db, {
    workspaceId: recent.workspaceId,
    personIds: uuidList(recent.personIds),
    left: recent.leftSince.toISOString(),
    opened: recent.openedSince.toISOString(),
  });
  return rows.flatMap(({ at, ...row }) => (at === null ? [] : [{ ...row, at }]));
}

const recentAlertsOf = rememberQuery((db, given: Given<"workspaceId" | "personIds" | "since">) => {
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

type Since = { workspaceId: WorkspaceId; personIds: readonly string[]; since: Date };

/** The alerts that came to each person, of those to whom any came. */
export async function findRecentAlerts(
  db: Database,
  { workspaceId, personIds, since }: Since,
): Promise<Map<string, RecentAlerts>> {
  const given = { workspaceId, personIds: uuidList(personIds), since: since.toISOString() };
  const rows = await recentAlertsOf(db, given);
  return new Map(rows.map(({ personId, ...recent }) => [personId, recent]));
}
