import { and, eq, sql } from "drizzle-orm";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { integrations, integrationViewers, memberships, users } from "../schema";

export type Assignee = {
  id: string;
  name: string;
  /** May they open conversations of that number? Admins see all. */
  maySee: boolean;
};

/** An active person of the workspace who answers customers; null for anybody else. */
export async function findAssignee(
  db: Database,
  workspaceId: WorkspaceId,
  input: { userId: string; integrationId: string },
): Promise<Assignee | null> {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      maySee: sql<boolean>`${memberships.role} in ('admin', 'owner') or exists (
        select 1 from ${integrations} where ${integrations.id} = ${input.integrationId}
          and (${integrations.isVisibleToAll} or exists (
            select 1 from ${integrationViewers}
            where ${integrationViewers.integrationId} = ${integrations.id}
              and ${integrationViewers.userId} = ${users.id})))`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.userId, input.userId),
        eq(memberships.isActive, true),
        sql`${memberships.role} in ('agent', 'admin', 'owner')`,
      ),
    );
  return row ?? null;
}
