import type { Channel, Provider } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

export type StoppedAccount = {
  id: string;
  workspaceId: WorkspaceId;
  provider: Provider;
  /** Of its senders: an account carries e-mail, or all else. */
  channel: Channel;
  sid: string | null;
  tokenSealed: string | null;
  apiOrigin: string | null;
};

/** Accounts that a configuration fault has stopped, over all workspaces. */
export async function findStoppedAccounts(sql: Sql): Promise<StoppedAccount[]> {
  const rows = await sql<StoppedAccount[]>`
    select a.id, a.workspace_id as "workspaceId", a.provider, a.sid,
      a.token_sealed as "tokenSealed", a.api_origin as "apiOrigin",
      coalesce((select i.type from integrations i where i.account_id = a.id limit 1), 'sms') as channel
    from accounts a where a.stopped_at is not null order by a.id`;
  return [...rows];
}

/** What stops and what waits for a decision, over all workspaces. */
export async function countStopped(
  sql: Sql,
): Promise<{ accounts: number; senders: number; paused: number }> {
  const [row] = await sql<{ accounts: number; senders: number; paused: number }[]>`
    select (select count(*)::int from accounts where stopped_at is not null) as accounts,
      (select count(*)::int from integrations
       where stopped_at is not null and deleted_at is null) as senders,
      (select count(*)::int from messages where status = 'paused') as paused`;
  return row ?? { accounts: 0, senders: 0, paused: 0 };
}
