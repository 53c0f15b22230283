import type { Provider } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

export type RecoverableAccount = {
  id: string;
  provider: Provider;
  sid: string;
  tokenSealed: string;
  apiOrigin: string | null;
  /** What came in before this is here. */
  knownUntil: Date;
};

/** Accounts with a sender, whose provider can be asked what came in and left; over all workspaces. */
export async function findRecoverableAccounts(sql: Sql): Promise<RecoverableAccount[]> {
  return selectAccounts(sql, null);
}

/** The account behind a sender of the workspace; null: there is none that can be asked. */
export async function findRecoverableAccount(
  sql: Sql,
  sender: OneSender,
): Promise<RecoverableAccount | null> {
  const [account] = await selectAccounts(sql, sender);
  return account ?? null;
}

/** Those that were there on that day and have not been compared for it. */
export async function findUncomparedAccounts(
  sql: Sql,
  { day, until }: { day: string; until: Date },
): Promise<RecoverableAccount[]> {
  const accounts = await selectAccounts(sql, null);
  const rows = await sql<{ id: string }[]>`
    select a.id from accounts a
    where a.created_at < ${until} and not exists (
      select 1 from traffic_days t where t.account_id = a.id and t.day = ${day})`;
  const open = new Set(rows.map((row) => row.id));
  return accounts.filter(({ id }) => open.has(id));
}

type OneSender = { workspaceId: WorkspaceId; integrationId: string };

async function selectAccounts(sql: Sql, of: OneSender | null): Promise<RecoverableAccount[]> {
  const rows = await sql<RecoverableAccount[]>`
    select a.id, a.provider, a.sid, a.token_sealed as "tokenSealed", a.api_origin as "apiOrigin",
      coalesce(a.recovered_until, a.created_at) as "knownUntil"
    from accounts a
    where a.provider = 'twilio' and a.sid is not null and a.token_sealed is not null
      and exists (
        select 1 from integrations i
        where i.account_id = a.id and i.deleted_at is null
          ${of ? sql`and i.workspace_id = ${of.workspaceId} and i.id = ${of.integrationId}` : sql``})
    order by a.id`;
  return [...rows];
}

/**
 * Is anything of ours on its way to that address, or may it have left? Then what the provider lists may
 * be that.
 */
export async function isInDoubt(
  sql: Sql,
  { sid, to }: { sid: string; to: string },
): Promise<boolean> {
  const isTheirs = sql`m.to_address = ${to}
    and m.account_id in (select id from accounts where sid = ${sid})`;
  const [row] = await sql<{ isInDoubt: boolean }[]>`
    select exists (select 1 from messages m
        where m.status = 'unconfirmed' and m.unconfirmed_at is not null and ${isTheirs})
      or exists (select 1 from attempts a join messages m on m.id = a.message_id
        where a.outcome is null and ${isTheirs}) as "isInDoubt"`;
  return row?.isInDoubt ?? false;
}

/** Which of these received messages are here, in any workspace that has the account. */
export async function findReceivedIds(
  sql: Sql,
  { sid, providerIds }: { sid: string; providerIds: readonly string[] },
): Promise<Set<string>> {
  if (providerIds.length === 0) return new Set();
  const rows = await sql<{ id: string }[]>`
    select m.provider_id as id from messages m
    where m.account_id in (select id from accounts where sid = ${sid})
      and m.direction = 'in' and m.provider_id = any(${[...providerIds]}::text[])`;
  return new Set(rows.map((row) => row.id));
}
