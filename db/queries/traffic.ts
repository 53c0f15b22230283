import { and, desc, eq } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { trafficDays } from "../schema";

export type TrafficDay = typeof trafficDays.$inferSelect;

/** The last days of an account of which the provider's list and ours were compared, newest first. */
export async function listTrafficDays(
  db: Database,
  { workspaceId, accountId, limit }: { workspaceId: WorkspaceId; accountId: string; limit: number },
): Promise<TrafficDay[]> {
  return db
    .select()
    .from(trafficDays)
    .where(and(eq(trafficDays.workspaceId, workspaceId), eq(trafficDays.accountId, accountId)))
    .orderBy(desc(trafficDays.day))
    .limit(limit);
}
