import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Sql } from "../client";

export type AdminAlert = {
  id: string;
  workspaceId: WorkspaceId;
  kind: string;
  targetId: string;
  errorCode: string;
  data: Record<string, string | null>;
  now: Date;
};

/**
 * Counts a fault that an administrator must mend. Returns true when it is to be told: the first
 * time, and then at most once an hour while it stays open.
 */
export async function raiseAlert(sql: Sql, alert: AdminAlert): Promise<boolean> {
  const { now } = alert;
  const [row] = await sql<{ id: string; isNew: boolean }[]>`
    insert into admin_alerts as a
      (id, workspace_id, kind, target_id, error_code, data, first_at, last_at, raised_at)
    values (${alert.id}, ${alert.workspaceId}, ${alert.kind}, ${alert.targetId},
      ${alert.errorCode}, ${sql.json(alert.data)}, ${now}, ${now}, ${now})
    on conflict (workspace_id, kind, target_id, error_code) where resolved_at is null do update
      set count = a.count + 1, last_at = excluded.last_at, data = excluded.data
    returning id, count = 1 as "isNew"`;
  if (!row) return false;
  return row.isNew || remind(sql, { id: row.id, now });
}

/** An hour after it was last told: of many who find that at once, one tells. */
async function remind(sql: Sql, { id, now }: { id: string; now: Date }): Promise<boolean> {
  const rows = await sql`
    update admin_alerts set raised_at = ${now}
    where id = ${id} and raised_at <= ${now}::timestamptz - interval '1 hour' returning id`;
  return rows.length === 1;
}
