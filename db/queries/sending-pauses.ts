import { eq, sql } from "drizzle-orm";
import type { Channel } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database, Sql } from "../client";
import { apiKeys, sendingPauses, users } from "../schema";

/** What is switched off in the workspace, the oldest first; `by` is null where nobody is left to name. */
export async function listSendingPauses(db: Database, workspaceId: WorkspaceId) {
  return db
    .select({
      scope: sendingPauses.scope,
      since: sendingPauses.since,
      by: sql<string | null>`coalesce(${users.name}, ${apiKeys.name})`,
    })
    .from(sendingPauses)
    .leftJoin(users, eq(users.id, sendingPauses.byUserId))
    .leftJoin(apiKeys, eq(apiKeys.id, sendingPauses.byApiKeyId))
    .where(eq(sendingPauses.workspaceId, workspaceId))
    .orderBy(sendingPauses.since, sendingPauses.scope);
}

/** How many messages of each channel are due and have not left. */
export async function countDue(
  sql: Sql,
  { workspaceId, now }: { workspaceId: WorkspaceId; now: Date },
): Promise<Record<Channel, number>> {
  const rows = await sql<{ type: Channel; count: number }[]>`
    select i.type, sum(m.count)::int as count from integrations i
    cross join lateral (
      select count(*) from messages q
      where q.integration_id = i.id and q.status in ('queued', 'scheduled')
        and q.send_after <= ${now}
    ) m
    where i.workspace_id = ${workspaceId} and i.deleted_at is null group by i.type`;
  const counts = { sms: 0, whatsapp: 0, email: 0 };
  for (const { type, count } of rows) counts[type] = count;
  return counts;
}
