import { and, eq, isNotNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { deliveries, reminders } from "../schema";

export type Due = { what: "kept" | "reminder"; personId: string; at: Date };

/** By person, when the gates are asked again about what they keep, and when a reminder is sent. */
export async function nextDue(tx: Database, workspaceId: WorkspaceId): Promise<Due[]> {
  const rows = await unionAll(
    tx
      .selectDistinct({
        what: sql<Due["what"]>`'kept'`,
        personId: deliveries.personId,
        at: deliveries.releaseAt,
      })
      .from(deliveries)
      .where(and(eq(deliveries.workspaceId, workspaceId), isNotNull(deliveries.releaseAt))),
    tx
      .selectDistinct({
        what: sql<Due["what"]>`'reminder'`,
        personId: reminders.personId,
        at: reminders.scheduledFor,
      })
      .from(reminders)
      .where(and(eq(reminders.workspaceId, workspaceId), eq(reminders.status, "scheduled"))),
  );
  return rows.flatMap(({ at, ...due }) => (at === null ? [] : [{ ...due, at }]));
}
