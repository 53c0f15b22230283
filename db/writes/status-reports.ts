import type { MessageStatus } from "../../lib/domain/words";
import type { Sql } from "../client";
import type { AttemptState, Signer } from "../queries/system/attempt-states";
import { lockAttempts, ONE_BY_ONE, touchConversations } from "./lock-order";
import { oweChanged, TOLD_COLUMNS } from "./owed-webhooks";

/** As it is written down. */
export type Report = {
  messageId: string;
  attempt: number;
  /** As it was when looked at: the report is recorded only if nothing has moved since. */
  seen: AttemptState;
  /** The same of the account by whose token it is signed; null: it carries no signature. */
  signer: Signer | null;
  attemptStatus: MessageStatus;
  carrierAt: Date | null;
  messageStatus: MessageStatus;
  /** Proof of an earlier attempt than the one the message shows: both are kept, the agent is told. */
  isEarlierProof: boolean;
  providerId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  /** For the timeline: what the provider said, word for word. */
  data: Record<string, string>;
  /** When to ask for a further receipt, if none comes. */
  receiptLookAt: Date | null;
  /** Its word in the timeline. */
  event: string;
  now: Date;
};

/**
 * Records reports, each on another message, and what they change, in one statement. What leaves its message
 * as it is stands in the timeline alone. False: somebody was faster, look again.
 */
export async function recordReports(sql: Sql, reports: readonly Report[]): Promise<boolean[]> {
  const { signers, rows: named } = toRows(reports);
  const rows = await sql<{ id: string }[]>`
    with r as (
      select * from jsonb_to_recordset(${sql.json(named)}) as r(
        id uuid, attempt int, "attemptStatus" text, "carrierAt" timestamptz, "providerId" text,
        "errorCode" text, "errorMessage" text, "lookAt" timestamptz, "seenAttemptStatus" text,
        "seenProviderId" text, "seenCarrierAt" timestamptz, "isUnknown" boolean, signer int,
        status text, "seenStatus" text, "seenAttempt" int, changes boolean,
        "isEarlierProof" boolean, "hasLeft" boolean, "hasFailed" boolean, event text, data jsonb,
        now timestamptz)
      where ${sql.unsafe(ONE_BY_ONE)}
    ),
    signs as materialized (
      select c.id, s.nth from jsonb_to_recordset(${sql.json(signers)}) as s(
        nth int, "accountId" uuid, "accountSid" text, "tokenSealed" text, "nextTokenSealed" text)
      cross join lateral (
        select * from accounts where id = s."accountId" limit 1
      ) c
      where c.sid is not distinct from s."accountSid"
        and c.token_sealed is not distinct from s."tokenSealed"
        and c.next_token_sealed is not distinct from s."nextTokenSealed"
    ),
    held as (${lockAttempts(sql)}),
    tried as (
      update attempts a
      set status = r."attemptStatus", carrier_at = r."carrierAt",
        provider_id = coalesce(a.provider_id, r."providerId"),
        error_code = coalesce(r."errorCode", a.error_code),
        look_at = case when r."attemptStatus" in ('accepted', 'sent')
          then coalesce(a.look_at, r."lookAt") end
      from held r
      where a.message_id = r.id and a.number = r.attempt
        and a.status is not distinct from r."seenAttemptStatus"
        and a.provider_id is not distinct from r."seenProviderId"
        and a.carrier_at is not distinct from r."seenCarrierAt"
        and (a.outcome is not distinct from 'unknown') = (r."isUnknown" is true)
        and (r.signer is null or (a.account_id, r.signer) in (select id, nth from signs))
      returning r.*
    ),
    changed as (
      update messages m
      set status = r.status, status_reason = case when r."isEarlierProof"
            then 'earlier_attempt_accepted' when r.status = m.status
            or m.status_reason = 'earlier_attempt_accepted' then m.status_reason end,
        provider_id = case when r.status = r."seenStatus"
          then m.provider_id else coalesce(r."providerId", m.provider_id) end,
        unconfirmed_at = case when r.status = 'unconfirmed' then m.unconfirmed_at end,
        paused_at = case when r.status = 'paused' then m.paused_at end,
        error_code = case when r."hasFailed" then coalesce(r."errorCode", m.error_code)
          when r.status = m.status then m.error_code end,
        error_message = case when r."hasFailed" then coalesce(r."errorMessage", m.error_message)
          when r.status = m.status then m.error_message end,
        sent_at = case when r."hasLeft" then coalesce(m.sent_at, r.now) else m.sent_at end,
        delivered_at = case when r.status in ('delivered', 'read')
          then coalesce(m.delivered_at, r.now) else m.delivered_at end,
        read_at = case when r.status = 'read' then coalesce(m.read_at, r.now) else m.read_at end,
        failed_at = case when r."hasFailed" then coalesce(m.failed_at, r.now) end
      from tried r
      where r.changes and m.id = r.id and m.status = r."seenStatus" and m.attempt = r."seenAttempt"
      returning ${sql.unsafe(TOLD_COLUMNS)}, r.now as told_at, r.event, r.attempt as reported, r.data
    ),
    kept as (
      select m.workspace_id, r.id, r.now as told_at, r.event, r.attempt as reported, r.data
      from tried r cross join lateral (select * from messages where id = r.id limit 1) m
      where r.changes is not true and m.status = r."seenStatus" and m.attempt = r."seenAttempt"
    ),
    touched as (${touchConversations(sql, sql`select conversation_id from changed`)}),
    owed as (${oweChanged(sql, sql`select * from changed`)}),
    recorded as (
      select workspace_id, id, told_at, event, reported, data from changed
      union all select * from kept
    ),
    told as (
      insert into timeline (workspace_id, message_id, at, event, attempt, data)
      select * from recorded
    )
    select id from recorded`;
  const recorded = new Set(rows.map(({ id }) => id));
  return reports.map(({ messageId }) => recorded.has(messageId));
}

/** Each signer once: a busy door's reports are of few accounts. */
function toRows(reports: readonly Report[]) {
  const signers: (Signer & { nth: number })[] = [];
  const rows = reports.map((report) => toRow(report, placeOf(report.signer, signers)));
  return { signers, rows };
}

function placeOf(signer: Signer | null, known: (Signer & { nth: number })[]): number | undefined {
  if (!signer) return undefined;
  const same = known.find((one) => isSame(one, signer));
  if (same) return same.nth;
  return known.push({ ...signer, nth: known.length }) - 1;
}

function isSame(one: Signer, other: Signer): boolean {
  return (
    one.accountId === other.accountId &&
    one.accountSid === other.accountSid &&
    one.tokenSealed === other.tokenSealed &&
    one.nextTokenSealed === other.nextTokenSealed
  );
}

/** Written out, and without what is null or false: both cost with every callback. */
function toRow(report: Report, signer: number | undefined) {
  const { seen, messageStatus: status, isEarlierProof } = report;
  const hasLeft = status === "sent" || status === "delivered" || status === "read";
  const hasFailed = status === "failed" || status === "undelivered";
  return {
    id: report.messageId,
    attempt: report.attempt,
    attemptStatus: report.attemptStatus,
    carrierAt: report.carrierAt ?? undefined,
    providerId: report.providerId ?? undefined,
    errorCode: report.errorCode ?? undefined,
    errorMessage: report.errorMessage ?? undefined,
    lookAt: report.receiptLookAt ?? undefined,
    seenAttemptStatus: seen.attemptStatus ?? undefined,
    seenProviderId: seen.attemptProviderId ?? undefined,
    seenCarrierAt: seen.carrierAt ?? undefined,
    // Only then is what the report proves counted as spent: it must not have become so meanwhile.
    isUnknown: seen.attemptOutcome === "unknown" || undefined,
    signer,
    status,
    seenStatus: seen.messageStatus,
    seenAttempt: seen.messageAttempt,
    changes: status !== seen.messageStatus || isEarlierProof || hasLeft || hasFailed || undefined,
    isEarlierProof: isEarlierProof || undefined,
    hasLeft: hasLeft || undefined,
    hasFailed: hasFailed || undefined,
    event: isEarlierProof ? "earlier_attempt_accepted" : report.event,
    data: report.data,
    now: report.now,
  };
}
