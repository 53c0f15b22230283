import { and, asc, gt, lte } from "drizzle-orm";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Database } from "../../client";
import { deliveries } from "../../schema";

/** Persons with deliveries whose time has come, over all workspaces, in the order of their ids. */
export async function findPersonsDue(
  db: Database,
  { now, after, limit }: { now: Date; after: string | null; limit: number },
): Promise<{ workspaceId: WorkspaceId; personId: string }[]> {
  return db
    .select({ workspaceId: deliveries.workspaceId, personId: deliveries.personId })
    .from(deliveries)
    .where(
      and(
        lte(deliveries.releaseAt, now),
        after === null ? undefined : gt(deliveries.personId, after),
      ),
    )
    .groupBy(deliveries.workspaceId, deliveries.personId)
    .orderBy(asc(deliveries.personId))
    .limit(limit);
}

/** Deliveries that the gates keep and whose time has come, over all workspaces. */
export async function countKeptDue(db: Database, now: Date) {
  return { due: await db.$count(deliveries, lte(deliveries.releaseAt, now)) };
}
