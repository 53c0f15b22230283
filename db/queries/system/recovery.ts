import type { Provider } from "../../../lib/domain/words";
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

/** Accounts with a sender, whose provider can be asked what came in; over all workspaces. */
export async function findRecoverableAccounts(sql: Sql): Promise<RecoverableAccount[]> {
  const rows = await sql<RecoverableAccount[]>`
    select a.id, a.provider, a.sid, a.token_sealed as "tokenSealed", a.api_origin as "apiOrigin",
      coalesce(a.recovered_until, a.created_at) as "knownUntil"
    from accounts a
    where a.provider = 'twilio' and a.sid is not null and a.token_sealed is not null
      and exists (
        select 1 from integrations i where i.account_id = a.id and i.deleted_at is null)
    order by a.id`;
  return [...rows];
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
