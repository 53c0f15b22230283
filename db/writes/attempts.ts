import type { AttemptOutcome, MessageStatus } from "../../lib/domain/words";
import type { Sql } from "../client";
import { lockAttempts, ONE_BY_ONE, touchConversations } from "./lock-order";
import type { ChangedMessage } from "./outbox";
import { oweChanged, TOLD_COLUMNS } from "./owed-webhooks";
import type { Purchase } from "./spending";

/** What an attempt came to and what that makes of its message. */
export type AttemptResult = {
  messageId: string;
  attempt: number;
  outcome: AttemptOutcome;
  status: MessageStatus;
  statusReason: string | null;
  providerId: string | null;
  segments: number | null;
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  /** When it may be tried again; null leaves the due time as it is. */
  sendAfter: Date | null;
  /** Did the provider answer about this message? */
  isCounted: boolean;
  /** Timeline word, such as `retry_planned`. */
  event: string;
  /** How it is counted as spent; null: it is not, as it was not taken. */
  purchase: Purchase | null;
};

/**
 * Records the ends of attempts in one statement, each only where the message still is at that
 * attempt. A callback may have come first: then the message keeps its higher status and takes only
 * the id and the segments. An acceptance also settles a row that was re-queued or ended meanwhile; its
 * attempt is its line in the timeline. Its receipt is asked for at `receiptLookAt`, should none come,
 * unless `sent` is the provider's last word.
 * What was taken is counted as spent in the same statement, each attempt once: a row a batch.
 */
export async function recordResults(
  sql: Sql,
  results: readonly AttemptResult[],
  { now, receiptLookAt }: { now: Date; receiptLookAt: Date | null },
): Promise<ChangedMessage[]> {
  const column = <K extends keyof AttemptResult>(key: K) => results.map((one) => one[key]);
  // The driver takes a list of booleans for one boolean, and words in it for false: numbers it keeps.
  const counts = results.map((one) => Number(one.isCounted));
  const sendAfter = results.map((one) => one.sendAfter?.toISOString() ?? null);
  const purchases = results.map((one) => one.purchase);
  const estimates = purchases.map((one) => (one?.estimate ? String(one.estimate.amount) : null));
  const rows = await sql<ChangedMessage[]>`
    with r as (
      select * from unnest(
        ${column("messageId")}::uuid[], ${column("attempt")}::int[], ${column("outcome")}::text[],
        ${column("status")}::text[], ${column("statusReason")}::text[],
        ${column("providerId")}::text[], ${column("segments")}::int[],
        ${column("httpStatus")}::int[], ${column("errorCode")}::text[],
        ${column("errorMessage")}::text[], ${sendAfter}::timestamptz[],
        ${counts}::int[], ${column("event")}::text[],
        ${purchases.map((one) => one?.month ?? null)}::text[],
        ${purchases.map((one) => one?.channel ?? null)}::text[],
        ${purchases.map((one) => one?.country ?? null)}::text[], ${estimates}::numeric[],
        ${purchases.map((one) => one?.estimate?.currency ?? null)}::text[],
        ${purchases.map((one) => one?.day ?? null)}::text[]
      ) as r(id, attempt, outcome, status, reason, provider_id, segments, http_status, error_code,
        error_message, send_after, counts, event, month, channel, country, estimate, unit, day)
      where ${sql.unsafe(ONE_BY_ONE)}
    ),
    held as (${lockAttempts(sql)}),
    ended as (
      update attempts a
      set outcome = r.outcome, finished_at = ${now},
        provider_id = coalesce(a.provider_id, r.provider_id),
        status = coalesce(a.status, case when r.outcome = 'accepted' then r.status end),
        http_status = r.http_status, error_code = coalesce(r.error_code, a.error_code),
        error_message = coalesce(r.error_message, a.error_message),
        look_at = case when r.outcome = 'accepted' and r.status <> 'sent'
          and coalesce(a.status, 'accepted') in ('accepted', 'sent')
          then coalesce(a.look_at, ${receiptLookAt}::timestamptz) else a.look_at end,
        spent_in = coalesce(a.spent_in, r.month), estimate = coalesce(a.estimate, r.estimate),
        estimate_unit = coalesce(a.estimate_unit, r.unit)
      from held r
      where a.message_id = r.id and a.number = r.attempt
        and (a.outcome is null or a.outcome = 'unknown')
      returning a.workspace_id, a.account_id, r.*
    ),
    spent as (
      insert into spending_deltas (workspace_id, month, channel, country, currency, messages,
        unpriced, billed, estimated, billed_elsewhere, account_id, day)
      select workspace_id, month, channel, country, unit, count(*),
        count(*) filter (where estimate is null), 0, coalesce(sum(estimate), 0), 0, account_id, day
      from ended where month is not null and spent_before is null
      group by workspace_id, month, channel, country, unit, account_id, day
    ),
    changed as (
      update messages m
      set status = case
            when m.status in ('sending', 'unconfirmed') then r.status
            when m.status in ('queued', 'paused', 'canceled', 'expired') then r.status
            else m.status end,
        status_reason = case when m.status in ('sending', 'unconfirmed')
            then coalesce(r.reason, case when m.status_reason = 'earlier_attempt_accepted'
              then m.status_reason end)
          when m.status in ('queued', 'paused', 'canceled', 'expired') then null
          else m.status_reason end,
        provider_id = coalesce(m.provider_id, r.provider_id),
        segments = coalesce(r.segments, m.segments),
        send_after = coalesce(r.send_after, m.send_after),
        attempts_counted = m.attempts_counted + r.counts,
        error_code = case when m.status in ('sending', 'unconfirmed')
          then r.error_code else m.error_code end,
        error_message = case when m.status in ('sending', 'unconfirmed')
          then r.error_message else m.error_message end,
        unconfirmed_at = case when r.status = 'unconfirmed'
          then coalesce(m.unconfirmed_at, ${now}) end,
        paused_at = case when r.status = 'paused' then ${now}::timestamptz end,
        sent_at = case when r.status = 'sent' then coalesce(m.sent_at, ${now}) else m.sent_at end,
        failed_at = case when r.status = 'failed' then ${now}::timestamptz else m.failed_at end
      from ended r
      where m.id = r.id and m.attempt = r.attempt
        and (m.status in ('sending', 'unconfirmed') or r.outcome = 'accepted')
      returning ${sql.unsafe(TOLD_COLUMNS)}, r.event, case when r.outcome <> 'accepted'
        then jsonb_strip_nulls(jsonb_build_object('code', r.error_code, 'message', r.error_message,
          'providerId', r.provider_id, 'reason', r.reason, 'sendAfter', r.send_after)) end as data
    ),
    touched as (${touchConversations(sql, sql`select conversation_id from changed`)}),
    owed as (${oweChanged(sql, sql`select *, ${now}::timestamptz as told_at from changed`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event, attempt, data)
      select workspace_id, id, ${now}, event, attempt, data from changed where data is not null
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}

/**
 * Attempts without an end whose lease (the database's clock) has run out: perhaps sent, so their
 * messages become `unconfirmed`.
 */
export async function expireAttempts(sql: Sql, now: Date): Promise<ChangedMessage[]> {
  const rows = await sql<ChangedMessage[]>`
    with lost as (
      update attempts set outcome = 'unknown', finished_at = ${now}
      where outcome is null and lease_until < clock_timestamp()
      returning message_id, number
    ),
    changed as (
      update messages m
      set status = 'unconfirmed', status_reason = 'lease_expired', unconfirmed_at = ${now}
      from lost l
      where m.id = l.message_id and m.attempt = l.number and m.status = 'sending'
      returning m.id, m.workspace_id, m.conversation_id, m.integration_id, m.status, m.attempt
    ),
    touched as (${touchConversations(sql, sql`select conversation_id from changed`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event, attempt, data)
      select workspace_id, id, ${now}, 'unconfirmed', attempt, '{"reason":"lease_expired"}'
      from changed
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}
