import { sql } from "drizzle-orm";
import type { Usage, UsageWindow } from "../../lib/domain/api-limits";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";

type Counting = {
  workspaceId: WorkspaceId;
  /** Items, by the id of the workspace or of a person. */
  items: ReadonlyMap<string, number>;
  windows: readonly UsageWindow[];
  at: Date;
};

/**
 * Counts items in their windows; one that is over, or that a clock which jumped back left in the future,
 * begins anew. The rows are held in one order until the transaction ends; who refuses rolls it back.
 */
export async function countUsage(
  tx: Database,
  { workspaceId, items, windows, at }: Counting,
): Promise<Usage[]> {
  const ids = [...items.keys()].sort();
  const given = ids.flatMap((ofId) =>
    windows.map((window) => {
      return { ofId, window, count: items.get(ofId) ?? 0 };
    }),
  );
  if (given.length === 0) return [];
  const now = sql`${at.toISOString()}::timestamptz`;
  const rows = await tx.execute<{ window: UsageWindow; since: string; count: number }>(sql`
    insert into api_usage as u (workspace_id, of_id, "window", since, count)
    select ${workspaceId}::uuid, g."ofId", g."window", ${now}, g.count
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as g("ofId" uuid, "window" text, count int)
    order by g."ofId", g."window"
    on conflict (workspace_id, of_id, "window") do update set
      count = excluded.count + case when ${isOpen(now)} then u.count else 0 end,
      since = case when ${isOpen(now)} then u.since else ${now} end
    returning u."window", u.since, u.count`);
  return rows.map(({ window, since, count }) => ({ window, since: new Date(since), count }));
}

function isOpen(now: ReturnType<typeof sql>) {
  const seconds = sql`case u."window" when 'minute' then 60 when 'hour' then 3600 else 86400 end`;
  return sql`u.since <= ${now} and u.since + make_interval(secs => ${seconds}) > ${now}`;
}
