import type { AttemptOutcome, Channel, MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Sql } from "../client";

/** A message and one of its attempts, as they were when looked at. */
export type AttemptState = {
  workspaceId: WorkspaceId;
  conversationId: string;
  integrationId: string;
  accountId: string;
  channel: Channel;
  messageStatus: MessageStatus;
  messageAttempt: number;
  messageProviderId: string | null;
  attemptStatus: MessageStatus | null;
  attemptProviderId: string | null;
  /** null: under way. */
  attemptOutcome: AttemptOutcome | null;
  carrierAt: Date | null;
};

type Named = { messageId: string; attempt: number };

/** null: no such attempt of that message. */
export async function findAttemptState(
  sql: Sql,
  { messageId, attempt }: Named,
): Promise<AttemptState | null> {
  const [row] = await sql<AttemptState[]>`
    select ${attemptState(sql)}
    from messages m join attempts a on a.message_id = m.id and a.number = ${attempt}
    where m.id = ${messageId}`;
  return row ?? null;
}

/** The columns of an `AttemptState`, of a message `m` and its attempt `a`. */
function attemptState(sql: Sql) {
  return sql`m.workspace_id as "workspaceId", m.conversation_id as "conversationId",
    m.integration_id as "integrationId", m.account_id as "accountId", m.channel,
    m.status as "messageStatus", m.attempt as "messageAttempt",
    m.provider_id as "messageProviderId", a.status as "attemptStatus",
    a.provider_id as "attemptProviderId", a.outcome as "attemptOutcome", a.carrier_at as "carrierAt"`;
}

/** What a status callback names: the state of the attempt, and what its account signs with. */
export type CallbackState = {
  accountSid: string | null;
  tokenSealed: string | null;
  nextTokenSealed: string | null;
  accountId: string;
  /** null: the message has no such attempt. */
  seen: AttemptState | null;
};

/** In one look, since callbacks come three a message; null: no outbound message of ours. */
export async function findCallbackState(
  sql: Sql,
  { messageId, attempt }: Named,
): Promise<CallbackState | null> {
  type Row = AttemptState & Omit<CallbackState, "seen"> & { hasAttempt: boolean };
  const [row] = await sql<Row[]>`
    select ${attemptState(sql)}, a.number is not null as "hasAttempt", c.sid as "accountSid",
      c.token_sealed as "tokenSealed", c.next_token_sealed as "nextTokenSealed"
    from messages m join accounts c on c.id = m.account_id
    left join attempts a on a.message_id = m.id and a.number = ${attempt}
    where m.id = ${messageId} and m.direction = 'out'`;
  if (!row) return null;
  const { hasAttempt, accountSid, tokenSealed, nextTokenSealed, ...state } = row;
  const { accountId } = state;
  return { accountSid, tokenSealed, nextTokenSealed, accountId, seen: hasAttempt ? state : null };
}

type Report = {
  messageId: string;
  attempt: number;
  /** As it was when looked at: the report is recorded only if nothing has moved since. */
  seen: AttemptState;
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

/** Records a report and what it changes, in one statement. False: somebody was faster, look again. */
export async function recordReport(sql: Sql, report: Report): Promise<boolean> {
  const { seen, now, messageStatus } = report;
  const hasLeft =
    messageStatus === "sent" || messageStatus === "delivered" || messageStatus === "read";
  const hasFailed = messageStatus === "failed" || messageStatus === "undelivered";
  const rows = await sql`
    with tried as (
      update attempts
      set status = ${report.attemptStatus}, carrier_at = ${report.carrierAt},
        provider_id = coalesce(provider_id, ${report.providerId}),
        error_code = coalesce(${report.errorCode}, error_code),
        look_at = case when ${report.attemptStatus} in ('accepted', 'sent')
          then coalesce(look_at, ${report.receiptLookAt}) end
      where message_id = ${report.messageId} and number = ${report.attempt}
        and status is not distinct from ${seen.attemptStatus}
        and provider_id is not distinct from ${seen.attemptProviderId}
      returning number
    ),
    changed as (
      update messages m
      set status = ${messageStatus}, status_reason = case when ${report.isEarlierProof}
            then 'earlier_attempt_accepted' when ${messageStatus} = m.status
            or m.status_reason = 'earlier_attempt_accepted' then m.status_reason end,
        provider_id = case when ${messageStatus} = ${seen.messageStatus}
          then m.provider_id else coalesce(${report.providerId}, m.provider_id) end,
        unconfirmed_at = case when ${messageStatus} = 'unconfirmed' then m.unconfirmed_at end,
        paused_at = case when ${messageStatus} = 'paused' then m.paused_at end,
        error_code = case when ${hasFailed} then coalesce(${report.errorCode}, m.error_code)
          when ${messageStatus} = m.status then m.error_code end,
        error_message = case when ${hasFailed} then coalesce(${report.errorMessage}, m.error_message)
          when ${messageStatus} = m.status then m.error_message end,
        sent_at = case when ${hasLeft} then coalesce(m.sent_at, ${now}) else m.sent_at end,
        delivered_at = case when ${messageStatus} in ('delivered', 'read')
          then coalesce(m.delivered_at, ${now}) else m.delivered_at end,
        read_at = case when ${messageStatus} = 'read'
          then coalesce(m.read_at, ${now}) else m.read_at end,
        failed_at = case when ${hasFailed} then coalesce(m.failed_at, ${now}) end
      where m.id = ${report.messageId} and m.status = ${seen.messageStatus}
        and m.attempt = ${seen.messageAttempt} and exists (select 1 from tried)
      returning m.id, m.workspace_id, m.conversation_id
    ),
    touched as (
      update conversations set revision = revision + 1
      where id in (select conversation_id from changed)
    )
    insert into timeline (workspace_id, message_id, at, event, attempt, data)
    select workspace_id, id, ${now}, ${report.isEarlierProof ? "earlier_attempt_accepted" : report.event},
      ${report.attempt}, ${sql.json(report.data)}
    from changed returning id`;
  return rows.length === 1;
}
