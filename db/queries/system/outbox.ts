import type { RetryRules } from "../../../lib/domain/retry-delay";
import type { Provider } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";
import { isFirstInLine, isFirstOfSystem, isPaused } from "../outbox-order";

export type SendingAccount = {
  id: string;
  workspaceId: WorkspaceId;
  provider: Provider;
  sid: string | null;
  tokenSealed: string | null;
  /** Signs callbacks already, or still: a token is being replaced. */
  nextTokenSealed: string | null;
  apiOrigin: string | null;
  breakerUntil: Date | null;
  breakerFailures: number;
  sendWindow: number;
  retries: RetryRules;
};

export type SendingIntegration = {
  id: string;
  messagingServiceSid: string | null;
  /** E-mail: the name beside the from address. */
  fromName: string;
  /** It has a pace, or its workspace has. */
  isPaced: boolean;
};

/** A sender that a configuration fault holds back, by itself or with its whole account. */
export type StoppedIntegration = { id: string; scope: "account" | "sender"; code: string | null };

export type SendingWork = {
  account: SendingAccount;
  /** Its senders that may send now; those of them that are paused, system messages only. */
  integrations: SendingIntegration[];
  stopped: StoppedIntegration[];
};

/** The account a dispatcher works for; null when it is gone. */
export async function findSendingAccount(sql: Sql, accountId: string): Promise<SendingWork | null> {
  const [account] = await sql<SendingAccount[]>`
    select a.id, a.workspace_id as "workspaceId", a.provider, a.sid,
      a.token_sealed as "tokenSealed", a.next_token_sealed as "nextTokenSealed",
      a.api_origin as "apiOrigin", a.breaker_until as "breakerUntil",
      a.breaker_failures as "breakerFailures", a.send_window as "sendWindow", jsonb_build_object(
        'maxAttempts', w.max_attempts, 'delaySeconds', w.retry_delay_seconds) as retries
    from accounts a join workspaces w on w.id = a.workspace_id
    where a.id = ${accountId}`;
  if (!account) return null;
  const senders = await sql<(SendingIntegration & Stop)[]>`
    select i.id, i.messaging_service_sid as "messagingServiceSid",
      coalesce(i.from_name, w.name) as "fromName",
      (i.pace_per_second is not null or w.pace_per_minute is not null) as "isPaced",
      case when a.stopped_at is not null then 'account'
        when i.stopped_at is not null then 'sender' end as scope,
      case when a.stopped_at is not null then a.stopped_code else i.stopped_code end as code
    from integrations i join accounts a on a.id = i.account_id
      join workspaces w on w.id = i.workspace_id
    where i.account_id = ${accountId} and i.is_active and i.deleted_at is null`;
  const stopped = senders.flatMap(({ id, scope, code }) => (scope ? [{ id, scope, code }] : []));
  return { account, integrations: senders.filter(({ scope }) => scope === null), stopped };
}

type Stop = { scope: "account" | "sender" | null; code: string | null };

type Look = {
  integrationIds: readonly string[];
  /** Rows unconfirmed since this moment or later still hold up those behind them … */
  settledBefore: Date;
  /** … until this many seconds have passed since. */
  blockSeconds: number;
  /** The month's budget is used up: rows of the normal lane are no work. */
  isNormalHeld: boolean;
};

/**
 * The earliest moment, per sender, at which some row can become claimable: the next due among those
 * first in line, and the end of the wait behind an unconfirmed one. Senders with nothing are left out;
 * of one that is paused only system messages are work.
 */
export async function findNextWork(
  sql: Sql,
  { integrationIds, settledBefore, blockSeconds, isNormalHeld }: Look,
): Promise<{ integrationId: string; due: Date }[]> {
  const first = (lane: "interactive" | "normal") => sql`
    (select q.send_after from messages q
     where q.integration_id = i.id and q.lane = ${lane === "normal" ? sql`'normal'` : sql`'interactive'`}
       and q.status in ('queued', 'scheduled') and ${isFirstInLine(sql, settledBefore)}
     order by q.send_after limit 1)`;
  const firstOfSystem = sql`
    (select q.send_after from messages q
     where q.integration_id = i.id and q.is_system
       and q.status in ('queued', 'scheduled') and ${isFirstOfSystem(sql)}
     order by q.send_after limit 1)`;
  const behindUnconfirmed = sql`
    (select min(u.unconfirmed_at) + make_interval(secs => ${blockSeconds}) from messages u
     where u.status = 'unconfirmed' and u.unconfirmed_at > ${settledBefore}
       and u.integration_id = i.id and exists (
         select 1 from messages q
         where q.conversation_id = u.conversation_id and q.lane = u.lane
           and q.direction = 'out' and q.status in ('queued', 'scheduled')))`;
  const rows = await sql<{ integrationId: string; due: Date | null }[]>`
    select i.id as "integrationId",
      case when ${isPaused(sql)} then ${firstOfSystem}
        else least(${first("interactive")}, ${isNormalHeld ? sql`null` : first("normal")},
          ${behindUnconfirmed}) end as due
    from unnest(${[...integrationIds]}::uuid[]) as i(id)`;
  return rows.flatMap(({ integrationId, due }) => (due ? [{ integrationId, due }] : []));
}

/**
 * Accounts with a row that could leave now and nobody at work on it. Where the month's budget is used
 * up the normal lane has none; where sending is paused only system messages count.
 */
export async function findIdleAccounts(
  sql: Sql,
  { now, settledBefore }: { now: Date; settledBefore: Date },
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select a.id from accounts a
    where (a.breaker_until is null or a.breaker_until <= ${now})
      and not exists (
        select 1 from leases l
        where l.name = 'dispatch:' || a.id and l.locked_until > clock_timestamp())
      and exists (
        select 1 from integrations i
          left join budgets b on b.workspace_id = i.workspace_id
        where i.account_id = a.id and i.is_active and i.deleted_at is null
          and case when ${isPaused(sql)} then exists (
            select 1 from messages q
            where q.integration_id = i.id and q.is_system and q.status in ('queued', 'scheduled')
              and q.send_after <= ${now} and ${isFirstOfSystem(sql)})
          else exists (
            select 1 from messages q
            where q.integration_id = i.id and q.lane = any(case when b.is_used_up
                then '{interactive}' else '{interactive,normal}' end::text[])
              and q.status in ('queued', 'scheduled') and q.send_after <= ${now}
              and ${isFirstInLine(sql, settledBefore)}) end)
    order by a.id`;
  return rows.map((row) => row.id);
}
