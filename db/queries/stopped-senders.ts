import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Sql } from "../client";

/** A sender that is stopped, or that works again and has messages waiting for a decision. */
export type StoppedSender = {
  integrationId: string;
  accountId: string;
  name: string;
  /** null: it works. */
  scope: "account" | "sender" | null;
  code: string | null;
  stoppedAt: Date | null;
  /** Messages that the stop holds back. */
  waiting: number;
  /** When the oldest of them should have left; null: none waits. */
  oldestDue: Date | null;
};

/** Senders of the workspace with something for an administrator to mend or to decide; by name. */
export async function listStoppedSenders(
  sql: Sql,
  workspaceId: WorkspaceId,
): Promise<StoppedSender[]> {
  const rows = await sql<StoppedSender[]>`
    select i.id as "integrationId", i.account_id as "accountId", i.name,
      case when a.stopped_at is not null then 'account'
        when i.stopped_at is not null then 'sender' end as scope,
      case when a.stopped_at is not null then a.stopped_code else i.stopped_code end as code,
      coalesce(a.stopped_at, i.stopped_at) as "stoppedAt", p.waiting, p.oldest as "oldestDue"
    from integrations i join accounts a on a.id = i.account_id
    cross join lateral (
      select count(*)::int as waiting, min(m.send_after) as oldest from messages m
      where m.integration_id = i.id and m.status = 'paused'
        and m.status_reason in ('account_stopped', 'sender_stopped')
    ) p
    where i.workspace_id = ${workspaceId} and i.deleted_at is null
      and (a.stopped_at is not null or i.stopped_at is not null or p.waiting > 0)
    order by i.name, i.id`;
  return [...rows];
}

/** Is this sender stopped? null: the workspace has no such sender. */
export async function findStopOf(
  sql: Sql,
  { workspaceId, integrationId }: { workspaceId: WorkspaceId; integrationId: string },
): Promise<{ isStopped: boolean; code: string | null } | null> {
  const [row] = await sql<{ isStopped: boolean; code: string | null }[]>`
    select coalesce(a.stopped_at, i.stopped_at) is not null as "isStopped",
      coalesce(a.stopped_code, i.stopped_code) as code
    from integrations i join accounts a on a.id = i.account_id
    where i.workspace_id = ${workspaceId} and i.id = ${integrationId} and i.deleted_at is null`;
  return row ?? null;
}
