import type { Budget } from "../../../lib/domain/budget";
import type { Price } from "../../../lib/domain/price";
import type { Channel, Provider } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

/** What a dispatcher needs to know about money. */
export type AccountCosts = {
  workspaceId: WorkspaceId;
  timeZone: string;
  prices: readonly Price[];
  /** The budget's hard cap; null: there is none. */
  hardCap: number | null;
  /** Of the budget. */
  currency: string | null;
};

/** The prices and the hard cap that hold for an account's messages; null: no such account. */
export async function findAccountCosts(sql: Sql, accountId: string): Promise<AccountCosts | null> {
  return findCosts(sql, sql`w.id = (select workspace_id from accounts where id = ${accountId})`);
}

/** The same for a workspace. */
export async function findWorkspaceCosts(
  sql: Sql,
  workspaceId: WorkspaceId,
): Promise<AccountCosts | null> {
  return findCosts(sql, sql`w.id = ${workspaceId}`);
}

async function findCosts(sql: Sql, where: ReturnType<Sql>): Promise<AccountCosts | null> {
  const [row] = await sql<AccountCosts[]>`
    select w.id as "workspaceId", w.time_zone as "timeZone", b.currency,
      b.hard_cap::float8 as "hardCap",
      coalesce((
        select json_agg(json_build_object('channel', p.channel, 'country', p.country,
          'amount', p.amount::float8, 'currency', p.currency))
        from prices p where p.workspace_id = w.id), '[]') as prices
    from workspaces w left join budgets b on b.workspace_id = w.id
    where ${where}`;
  return row ?? null;
}

/** Workspaces that have set a budget. */
export async function listBudgetedWorkspaces(sql: Sql): Promise<WorkspaceId[]> {
  const rows = await sql<{ id: WorkspaceId }[]>`
    select workspace_id as id from budgets order by workspace_id`;
  return rows.map((row) => row.id);
}

/** A day of an account whose list of prices is due. */
export type DuePriceDay = {
  day: string;
  asks: number;
  nextPage: string | null;
  missing: number;
  workspaceId: WorkspaceId;
  timeZone: string;
  accountId: string;
  provider: Provider;
  sid: string | null;
  tokenSealed: string | null;
  apiOrigin: string | null;
};

/** Over all workspaces, the oldest day first. */
export async function findDuePriceDays(sql: Sql, now: Date): Promise<DuePriceDay[]> {
  const rows = await sql<DuePriceDay[]>`
    select d.day, d.asks, d.next_page as "nextPage", d.missing, d.workspace_id as "workspaceId",
      w.time_zone as "timeZone", a.id as "accountId", a.provider, a.sid,
      a.token_sealed as "tokenSealed", a.api_origin as "apiOrigin"
    from price_days d join accounts a on a.id = d.account_id
      join workspaces w on w.id = d.workspace_id
    where d.ask_at <= ${now} and a.provider = 'twilio'
    order by d.day, a.id`;
  return [...rows];
}

export async function countDuePriceDays(sql: Sql, now: Date) {
  const [row] = await sql<{ days: number }[]>`
    select count(*)::int as days from price_days where ask_at <= ${now}`;
  return { days: row?.days ?? 0 };
}

/** What the minute's roll-up would take in. */
export async function countSpendingDeltas(sql: Sql) {
  const [row] = await sql<{ due: number }[]>`select count(*)::int as due from spending_deltas`;
  return { due: row?.due ?? 0 };
}

/** A message of ours that stands in the provider's list and has no price yet. */
export type Unpriced = {
  providerId: string;
  messageId: string;
  /** The attempt's; 0: it came in, and has none. */
  attempt: number;
  channel: Channel;
  hasMedia: boolean;
  /** The other side's. */
  address: string;
  at: Date;
};

/** Which of these ids of an account are ours and without a price. By indexes on (account, id). */
export async function findUnpriced(
  sql: Sql,
  { accountId, providerIds }: { accountId: string; providerIds: readonly string[] },
): Promise<Unpriced[]> {
  if (providerIds.length === 0) return [];
  const rows = await sql<Unpriced[]>`
    select a.provider_id as "providerId", m.id as "messageId", a.number as attempt, m.channel,
      m.kind = 'media' as "hasMedia", m.to_address as address,
      coalesce(a.finished_at, a.started_at) as at
    from attempts a join messages m on m.id = a.message_id
    where a.account_id = ${accountId} and a.provider_id = any(${[...providerIds]}::text[])
      and a.price is null
    union all
    select m.provider_id, m.id, 0, m.channel, m.kind = 'media', m.from_address, m.created_at
    from messages m
    where m.account_id = ${accountId} and m.provider_id = any(${[...providerIds]}::text[])
      and m.direction = 'in' and m.price is null`;
  return [...rows];
}

/** An attempt that was taken after all, as it is counted; null: it is counted already, or unknown. */
export type Uncounted = {
  workspaceId: WorkspaceId;
  accountId: string;
  channel: Channel;
  /** At most one of them: whether there are any is what matters. */
  mediaIds: string[];
  toAddress: string;
  body: string;
  segments: number | null;
};

export async function findUncounted(
  sql: Sql,
  { messageId, attempt }: { messageId: string; attempt: number },
): Promise<Uncounted | null> {
  const [row] = await sql<Uncounted[]>`
    select m.workspace_id as "workspaceId", m.account_id as "accountId", m.channel,
      array(select d.id from media d where d.message_id = m.id and m.kind = 'media' limit 1) as "mediaIds",
      m.to_address as "toAddress", m.body, m.segments
    from attempts a join messages m on m.id = a.message_id
    where a.message_id = ${messageId} and a.number = ${attempt} and a.spent_in is null`;
  return row ?? null;
}

/**
 * Attempts that were taken, as a receipt said, by a process that died before it recorded them: nobody
 * else counts them.
 */
export async function findTakenButLost(
  sql: Sql,
): Promise<{ messageId: string; attempt: number }[]> {
  const rows = await sql<{ messageId: string; attempt: number }[]>`
    select message_id as "messageId", number as attempt from attempts
    where outcome is null and lease_until < clock_timestamp() and spent_in is null
      and status in ('accepted', 'sent', 'delivered', 'read')`;
  return [...rows];
}

/** Messages of a workspace that wait for its budget, the newest: those that a screen may be showing. */
export async function listHeldByBudget(
  sql: Sql,
  { workspaceId, limit }: { workspaceId: WorkspaceId; limit: number },
) {
  const rows = await sql<{ id: string; workspaceId: WorkspaceId; conversationId: string }[]>`
    select m.id, m.workspace_id as "workspaceId", m.conversation_id as "conversationId"
    from integrations i cross join lateral (
      select q.* from messages q
      where q.integration_id = i.id and q.lane = 'normal' and q.status in ('queued', 'scheduled')
      order by q.send_after desc limit ${limit}
    ) m
    where i.workspace_id = ${workspaceId} and m.status = 'queued'
    order by m.send_after desc limit ${limit}`;
  return [...rows];
}

/** The senders of a workspace that may send. */
export async function listSenderIds(sql: Sql, workspaceId: WorkspaceId): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from integrations
    where workspace_id = ${workspaceId} and deleted_at is null and is_active`;
  return rows.map((row) => row.id);
}

/** Accounts to which something came in on a UTC day that is not planned to be asked for yet. */
export async function findInboundOnlyAccounts(
  sql: Sql,
  { day, from, until }: { day: string; from: Date; until: Date },
): Promise<{ accountId: string; workspaceId: WorkspaceId }[]> {
  const rows = await sql<{ accountId: string; workspaceId: WorkspaceId }[]>`
    select a.id as "accountId", a.workspace_id as "workspaceId" from accounts a
    where a.provider = 'twilio' and a.last_webhook_at >= ${from}
      and not exists (select 1 from price_days d where d.account_id = a.id and d.day = ${day})
      and exists (
        select 1 from messages m
        where m.workspace_id = a.workspace_id and m.account_id = a.id and m.direction = 'in'
          and m.created_at >= ${from} and m.created_at < ${until})`;
  return [...rows];
}

/** A workspace's budget and the zone of its months; null: it has set none. */
export async function findBudgetOf(
  sql: Sql,
  workspaceId: WorkspaceId,
): Promise<{ budget: Budget; timeZone: string } | null> {
  const [row] = await sql<(Budget & { timeZone: string })[]>`
    select b.currency, b.soft_cap::float8 as "softCap", b.hard_cap::float8 as "hardCap",
      w.time_zone as "timeZone"
    from budgets b join workspaces w on w.id = b.workspace_id
    where b.workspace_id = ${workspaceId}`;
  if (!row) return null;
  const { timeZone, ...budget } = row;
  return { budget, timeZone };
}
