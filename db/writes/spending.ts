import type { Money } from "../../lib/domain/price";
import type { PricedChannel } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Sql } from "../client";

/** How an attempt that was taken is counted. */
export type Purchase = {
  /** In whose spending it is counted, `2026-11`. */
  month: string;
  channel: PricedChannel;
  country: string | null;
  /** null: there is no price for it. */
  estimate: Money | null;
  /** The UTC day, `2026-11-30`. */
  day: string;
};

type Counted = {
  messageId: string;
  attempt: number;
  workspaceId: WorkspaceId;
  accountId: string;
  purchase: Purchase;
};

/**
 * Counts an attempt of which it turned out later that it was taken, once. Those that are accepted at
 * once are counted by the statement that records them (db/writes/attempts).
 */
export async function countAttempt(sql: Sql, { purchase, ...counted }: Counted): Promise<void> {
  const { month, channel, country, day } = purchase;
  const amount = purchase.estimate ? String(purchase.estimate.amount) : null;
  const unit = purchase.estimate?.currency ?? null;
  await sql`
    with counted as (
      update attempts set spent_in = ${month}, estimate = ${amount}, estimate_unit = ${unit}
      where message_id = ${counted.messageId} and number = ${counted.attempt} and spent_in is null
      returning number
    )
    insert into spending_deltas (workspace_id, month, channel, country, currency, messages,
      unpriced, billed, estimated, billed_elsewhere, account_id, day)
    select ${counted.workspaceId}, ${month}, ${channel}, ${country}, ${unit}, 1,
      ${amount === null ? 1 : 0}, 0, coalesce(${amount}::numeric, 0), 0, ${counted.accountId}, ${day}
    from counted`;
}

/**
 * The minute's roll-up: what was added since the last one becomes part of `spending`, and the days of
 * it are planned to be asked for, so many hours after their end. Returns how many additions there were.
 */
export async function foldSpending(sql: Sql, hoursAfter: number): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    with gone as (delete from spending_deltas returning *),
    summed as (
      insert into spending as s (workspace_id, month, channel, country, currency, messages,
        unpriced, billed, estimated, billed_elsewhere)
      select g.workspace_id, g.month, g.channel, g.country, g.currency, sum(g.messages),
        sum(g.unpriced), sum(g.billed), sum(g.estimated), sum(g.billed_elsewhere)
      from gone g join workspaces w on w.id = g.workspace_id
      group by g.workspace_id, g.month, g.channel, g.country, g.currency
      on conflict (workspace_id, month, channel, country, currency) do update
      set messages = s.messages + excluded.messages, unpriced = s.unpriced + excluded.unpriced,
        billed = s.billed + excluded.billed, estimated = s.estimated + excluded.estimated,
        billed_elsewhere = s.billed_elsewhere + excluded.billed_elsewhere
    ),
    planned as (
      insert into price_days (account_id, workspace_id, day, ask_at)
      select distinct a.id, a.workspace_id, g.day,
        (g.day::date + 1 + make_interval(hours => ${hoursAfter})) at time zone 'UTC'
      from gone g join accounts a on a.id = g.account_id
      where a.provider = 'twilio'
      on conflict do nothing
    )
    select count(*)::int as count from gone`;
  return row?.count ?? 0;
}

type Planned = { accountId: string; day: string; askAt: Date };

/** Days whose list is to be asked for; those that are planned already stay as they are. */
export async function planPriceDays(sql: Sql, planned: readonly Planned[]): Promise<void> {
  if (planned.length === 0) return;
  await sql`
    insert into price_days (account_id, workspace_id, day, ask_at)
    select a.id, a.workspace_id, p.day, p.ask_at
    from unnest(${planned.map((one) => one.accountId)}::uuid[],
      ${planned.map((one) => one.day)}::text[],
      ${planned.map((one) => one.askAt.toISOString())}::timestamptz[]) as p(account_id, day, ask_at)
    join accounts a on a.id = p.account_id
    where a.provider = 'twilio'
    on conflict do nothing`;
}

/** A price of the provider's list, on a message of ours. */
export type Bill = Money & {
  messageId: string;
  /** 0: it came in. */
  attempt: number;
  channel: PricedChannel;
  country: string | null;
  /** In whose spending it is counted where nothing was counted before, `2026-11`. */
  month: string;
};

/**
 * Writes real prices down, each once, and corrects the spending: the estimate goes, what was billed
 * comes in its place, in its own currency. Returns how many messages got a price.
 */
export async function recordBills(sql: Sql, bills: readonly Bill[]): Promise<number> {
  if (bills.length === 0) return 0;
  const column = <K extends keyof Bill>(key: K) => bills.map((one) => one[key]);
  const [row] = await sql<{ count: number }[]>`
    with b as (
      select * from unnest(${column("messageId")}::uuid[], ${column("attempt")}::int[],
        ${bills.map(({ amount }) => String(amount))}::numeric[], ${column("currency")}::text[],
        ${column("channel")}::text[], ${column("country")}::text[], ${column("month")}::text[]
      ) as b(id, attempt, amount, unit, channel, country, month)
    ),
    paid as (
      update attempts a set price = b.amount, price_unit = b.unit,
        spent_in = coalesce(a.spent_in, b.month)
      from b where a.message_id = b.id and a.number = b.attempt and a.price is null
      returning a.message_id as id, a.number, a.estimate, a.estimate_unit, a.workspace_id,
        (select o.spent_in from attempts o where o.message_id = a.message_id
          and o.number = a.number) as counted_in
    ),
    got as (
      update messages m set price = b.amount, price_unit = b.unit
      from b where m.id = b.id and b.attempt = 0 and m.direction = 'in' and m.price is null
      returning m.id, m.workspace_id
    ),
    shown as (
      update messages m
      set price = case when m.price_unit = s.unit then m.price else 0 end + s.amount,
        price_unit = s.unit
      from (
        select b.id, b.unit, sum(b.amount) as amount
        from paid p join b on b.id = p.id and b.attempt = p.number group by b.id, b.unit
      ) s
      where m.id = s.id
      returning m.id
    ),
    known as (
      select b.*, p.workspace_id, p.estimate, p.estimate_unit, p.counted_in
      from paid p join b on b.id = p.id and b.attempt = p.number
      union all
      select b.*, g.workspace_id, null, null, null from got g join b on b.id = g.id and b.attempt = 0
    ),
    changed as (
      select workspace_id, coalesce(counted_in, month) as month, channel, country, unit as currency,
        1 as messages, 0 as unpriced, amount as billed, 0::numeric as estimated,
        0::numeric as billed_elsewhere
      from known
      union all
      select workspace_id, counted_in, channel, country, estimate_unit, -1,
        case when estimate is null then -1 else 0 end, 0, -coalesce(estimate, 0),
        case when estimate_unit <> unit then estimate else 0 end
      from known where counted_in is not null
    ),
    added as (
      insert into spending_deltas (workspace_id, month, channel, country, currency, messages,
        unpriced, billed, estimated, billed_elsewhere)
      select workspace_id, month, channel, country, currency, sum(messages), sum(unpriced),
        sum(billed), sum(estimated), sum(billed_elsewhere)
      from changed group by workspace_id, month, channel, country, currency
    )
    select count(*)::int as count from known`;
  return row?.count ?? 0;
}

type DayOf = { accountId: string; day: string };

/** A page of a day's list has been read; the next run goes on at `nextPage`. */
export async function notePriceDayPage(
  sql: Sql,
  { accountId, day, nextPage, missing }: DayOf & { nextPage: string | null; missing: number },
): Promise<void> {
  await sql`
    update price_days set next_page = ${nextPage}, missing = ${missing}
    where account_id = ${accountId} and day = ${day}`;
}

/** A day's list has been read to its end; null: it is not asked for any more. */
export async function finishPriceDay(
  sql: Sql,
  { accountId, day, askAt }: DayOf & { askAt: Date | null },
): Promise<void> {
  await sql`
    update price_days set asks = asks + 1, ask_at = ${askAt}, next_page = null, missing = 0
    where account_id = ${accountId} and day = ${day}`;
}

/** The provider did not answer, or the page it was left at is none any more: from the start, later. */
export async function postponePriceDay(
  sql: Sql,
  { accountId, day, askAt }: DayOf & { askAt: Date },
): Promise<void> {
  await sql`
    update price_days set ask_at = ${askAt}, next_page = null, missing = 0
    where account_id = ${accountId} and day = ${day}`;
}
