import type { Sql } from "../client";
import { touchConversations } from "./lock-order";
import type { ChangedMessage } from "./outbox";
import { oweChanged, TOLD_COLUMNS } from "./owed-webhooks";

/** A message as it was looked for: what is found out applies only while it still is so. */
export type Sought = { messageId: string; attempt: number };

function asRows(sql: Sql, sought: readonly Sought[]) {
  return sql`unnest(${sought.map((one) => one.messageId)}::uuid[],
    ${sought.map((one) => one.attempt)}::int[]) as s(id, attempt)`;
}

/** They are looked for again at `lookAt`. */
export async function postponeLooks(
  sql: Sql,
  sought: readonly Sought[],
  { lookAt, isJudged }: { lookAt: Date; isJudged: boolean },
): Promise<void> {
  if (sought.length === 0) return;
  await sql`
    update attempts a set look_at = ${lookAt}, looks = a.looks + ${isJudged ? 1 : 0}
    from ${asRows(sql, sought)}
    where a.message_id = s.id and a.number = s.attempt`;
}

/** Looks at a whole number that could not be made. */
export async function postponeGroup(
  sql: Sql,
  group: { accountId: string; channel: string; from: string; to: string },
  lookAt: Date,
): Promise<void> {
  await sql`
    update attempts a set look_at = ${lookAt}
    from messages m
    where m.status = 'unconfirmed' and m.account_id = ${group.accountId}
      and m.channel = ${group.channel} and m.from_address = ${group.from}
      and m.to_address = ${group.to} and a.message_id = m.id and a.number = m.attempt`;
}

type ReceiptLook = { messageId: string; attempt: number; looks: number; lookAt: Date | null };

/** When a receipt that has not come is asked about next; null: not any more. */
export async function planReceiptLook(
  sql: Sql,
  { messageId, attempt, looks, lookAt }: ReceiptLook,
): Promise<void> {
  await sql`
    update attempts set looks = ${looks}, look_at = ${lookAt}
    where message_id = ${messageId} and number = ${attempt}
      and coalesce(status, 'accepted') in ('accepted', 'sent')`;
}

/** The provider does not have them: they leave again, in their old place. */
export async function requeueLost(
  sql: Sql,
  sought: readonly Sought[],
  now: Date,
): Promise<ChangedMessage[]> {
  return move(sql, sought, {
    set: sql`status = 'queued', status_reason = 'not_found'`,
    event: "requeued",
    now,
  });
}

/** Nobody can tell: a person is asked. From here on they hold up nothing any more. */
export async function askAboutDoubtful(
  sql: Sql,
  sought: readonly Sought[],
  now: Date,
): Promise<ChangedMessage[]> {
  return move(sql, sought, { set: sql`status_reason = 'doubtful'`, event: "doubtful", now });
}

/** Nobody can be asked and it may have arrived: it is not sent again by itself. */
export async function giveUpUnknown(
  sql: Sql,
  sought: readonly Sought[],
  now: Date,
): Promise<ChangedMessage[]> {
  return move(sql, sought, {
    set: sql`status = 'failed', status_reason = 'may_have_arrived', failed_at = ${now}`,
    event: "given_up",
    now,
  });
}

/** It is critical: better twice than never. */
export async function sendUnknownAgain(
  sql: Sql,
  sought: readonly Sought[],
  now: Date,
): Promise<ChangedMessage[]> {
  return move(sql, sought, {
    set: sql`status = 'queued', status_reason = 'sent_again', provider_id = null`,
    event: "requeued",
    now,
  });
}

/** Under a key by which the provider takes it once: it leaves again, after a while. */
export async function tryKeyAgain(
  sql: Sql,
  sought: Sought,
  { now, sendAfter }: { now: Date; sendAfter: Date },
): Promise<ChangedMessage[]> {
  return move(sql, [sought], {
    set: sql`status = 'queued', status_reason = 'retry', send_after = ${sendAfter}`,
    event: "requeued",
    now,
  });
}

type Move = { set: ReturnType<Sql>; event: string; now: Date };

async function move(
  sql: Sql,
  sought: readonly Sought[],
  { set, event, now }: Move,
): Promise<ChangedMessage[]> {
  if (sought.length === 0) return [];
  const rows = await sql<ChangedMessage[]>`
    with changed as (
      update messages m set ${set}, unconfirmed_at = null
      from ${asRows(sql, sought)}
      where m.id = s.id and m.attempt = s.attempt and m.status = 'unconfirmed'
      returning ${sql.unsafe(TOLD_COLUMNS)}
    ),
    touched as (${touchConversations(sql, sql`select conversation_id from changed`)}),
    owed as (${oweChanged(sql, sql`select *, ${now}::timestamptz as told_at from changed`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event, attempt)
      select workspace_id, id, ${now}, ${event}, attempt from changed
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}
