import { OPTED_OUT_CODE, WINDOW_CLOSED_CODE } from "../../lib/domain/provider-errors";
import type { Channel, Lane, Locale, MessageStatus } from "../../lib/domain/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Sql } from "../client";
import { isFirstInLine, isFirstOfSystem, isPaused } from "../queries/outbox-order";
import { oweChanged, TOLD_COLUMNS } from "./owed-webhooks";

/**
 * A row taken from the outbox. `expired` ones were too late, `failed` ones are for people who have
 * opted out, or whose WhatsApp window has closed, since they were written: neither is to be sent.
 */
export type ClaimedMessage = {
  id: string;
  workspaceId: WorkspaceId;
  conversationId: string;
  integrationId: string;
  personId: string;
  status: "sending" | "expired" | "failed";
  channel: Channel;
  lane: Lane;
  fromAddress: string;
  toAddress: string;
  body: string;
  attempt: number;
  attemptsCounted: number;
  expiresAt: Date | null;
  isByAgent: boolean;
  mediaIds: string[];
  /** Of a `template`, the SID and the values; null: none. */
  template: { contentSid: string; variables: Record<string, string> } | null;
  /** Of an `email`, what it has more than a text; null: none. */
  email: ClaimedEmailParts | null;
  /** Of another one: a text that is the recipient's alone. */
  sealed: string | null;
};

type ClaimedEmailParts = {
  subject: string | null;
  html: string | null;
  /** Of a text that is the recipient's alone. */
  sealed: string | null;
  /** Of a notification: the version of its person's preference link. */
  linkVersion: number | null;
  /** The recipient's language. */
  locale: Locale;
  /** The first of the tries, up to this one, of which nobody knows whether they left. */
  firstTry: number;
};

export type ClaimSender = {
  id: string;
  /** Its rows that take slots already: the fewer, the sooner is its turn. */
  busy: Record<Lane, number>;
  /** Rows to take at most; null: as many as there are slots. */
  most: Record<Lane, number> | null;
};

export type Claim = {
  senders: readonly ClaimSender[];
  now: Date;
  /** Rows unconfirmed since this moment or later hold up those behind them. */
  settledBefore: Date;
  /** Rows to take at most, of both lanes, and of the normal one. */
  slots: { all: number; normal: number };
  /** Of the attempt, by the database's clock. */
  leaseSeconds: number;
};

/**
 * Takes the rows that may leave now (Sending 3): due, first in line in their conversation and lane,
 * interactive ones first, the senders in turn; of a paused sender only system messages. Each gets its attempt row; a scheduled one its place in the thread, also when
 * it does not leave after all. That a queued row is now `sending` raises no revision (see merge-live):
 * its end, which follows, does.
 */
export async function claimMessages(sql: Sql, claim: Claim): Promise<ClaimedMessage[]> {
  const { now, slots } = claim;
  const rows = await sql<ClaimedMessage[]>`
    with urgent as (${ofPaused(sql, claim)}),
    hot as (${firstInLane(sql, claim, {
      lane: "interactive",
      limit: sql`(select ${slots.all}::int - count(*)::int from urgent)`,
    })}),
    cold as (${firstInLane(sql, claim, {
      lane: "normal",
      limit: sql`(select least(${slots.normal}::int, ${slots.all}::int - count(*)::int)
        from (select id from urgent union all select id from hot) taken)`,
    })}),
    judged as (
      select p.*, case when p.expires_at <= ${now} then 'expired'
        when ${hasOptedOut(sql)} then 'opted_out'
        when p.channel = 'whatsapp' and p.kind <> 'template' and ${isWindowClosed(sql, now)}
          then 'whatsapp_window_closed' end as why
      from (select * from urgent union all select * from hot union all select * from cold) p
    ),
    picked as (
      select j.*, j.seq is null as is_new, case when j.why is null then 'sending'
        when j.why = 'expired' then 'expired' else 'failed' end as fate
      from judged j
    ),
    numbered as (
      select p.*, (count(*) filter (where is_new)
        over (partition by conversation_id order by send_after, id))::int as nth
      from picked p
    ),
    touched as (
      update conversations c
      set revision = c.revision + 1, last_seq = c.last_seq + n.added,
        last_message_id = coalesce(n.newest, c.last_message_id),
        last_activity_at = case when n.added > 0 then ${now} else c.last_activity_at end
      from (
        select conversation_id, (count(*) filter (where is_new))::int as added,
          (array_agg(id order by nth desc) filter (where is_new))[1] as newest
        from numbered where is_new or fate <> 'sending' group by conversation_id
      ) n
      where c.id = n.conversation_id
      returning c.id, c.last_seq - n.added as base
    ),
    taken as (
      update messages m
      set status = n.fate,
        status_reason = n.why,
        failed_at = case when n.fate <> 'sending' then ${now}::timestamptz end,
        seq = case when n.is_new then t.base + n.nth else m.seq end,
        attempt = case when n.fate = 'sending' then m.attempt + 1 else m.attempt end,
        error_code = case n.why when 'expired' then m.error_code
          when 'opted_out' then ${OPTED_OUT_CODE}
          when 'whatsapp_window_closed' then ${WINDOW_CLOSED_CODE} end,
        error_message = case when n.fate = 'expired' then m.error_message end,
        provider_id = null, unconfirmed_at = null
      from numbered n left join touched t on t.id = n.conversation_id
      where m.id = n.id
      returning ${sql.unsafe(TOLD_COLUMNS)}, m.account_id, m.person_id, m.lane,
        m.attempts_counted, m.author_user_id, m.html
    ),
    tried as (
      insert into attempts (workspace_id, message_id, account_id, number, started_at, lease_until)
      select workspace_id, id, account_id, attempt, ${now},
        clock_timestamp() + make_interval(secs => ${claim.leaseSeconds})
      from taken where status = 'sending'
    ),
    owed as (${oweChanged(sql, sql`select *, ${now}::timestamptz as told_at from taken`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event)
      select workspace_id, id, ${now}, status from taken where status <> 'sending'
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", person_id as "personId", status, channel, lane,
      from_address as "fromAddress", to_address as "toAddress", body, attempt,
      attempts_counted as "attemptsCounted", expires_at as "expiresAt",
      author_user_id is not null as "isByAgent",
      case when kind = 'media' then array(
        select d.id from media d where d.message_id = taken.id order by d.position
      ) else '{}'::uuid[] end as "mediaIds",
      case when kind = 'template' then content -> 'template' end as template,
      case when channel = 'email' then ${emailParts(sql)} end as email,
      case when channel <> 'email' then content ->> 'sealed' end as sealed
    from taken order by lane, send_after`;
  return [...rows];
}

/** Of the row `taken`; its own try is not among the attempts yet. */
function emailParts(sql: Sql) {
  return sql`jsonb_build_object('subject', subject, 'html', html, 'sealed', content ->> 'sealed',
    'linkVersion', (content ->> 'linkVersion')::int,
    'locale', (
      select coalesce(p.locale, w.locale) from persons p join workspaces w on w.id = p.workspace_id
      where p.id = taken.person_id),
    'firstTry', 1 + coalesce((
      select max(a.number) from attempts a
      where a.message_id = taken.id and a.outcome <> 'unknown'), 0))`;
}

/**
 * The ledger's last word on the row `p`; STOP may have come while it waited. Ordered by an expression:
 * by the plain id, a plan made while the ledger was small walks all of it.
 */
function hasOptedOut(sql: Sql) {
  return sql`(
    select c.state from consents c
    where c.workspace_id = p.workspace_id and c.person_id = p.person_id
      and c.integration_id = p.integration_id and c.channel = p.channel
    order by c.id + 0 desc limit 1) = 'opted_out'`;
}

/** WhatsApp takes free text only within 24 h of the person's last message (Twilio error 63016). */
function isWindowClosed(sql: Sql, now: Date) {
  return sql`(
    select c.last_inbound_at is null or c.last_inbound_at <= ${now}::timestamptz - interval '24 h'
    from conversations c where c.id = p.conversation_id)`;
}

type LaneClaim = { lane: Lane; limit: ReturnType<Sql> };

/**
 * The oldest claimable rows of one lane of each of the account's senders, locked, and of those the ones
 * whose turn it is: with its rows under way counted in, each sender gets as many slots as the others.
 */
function firstInLane(sql: Sql, claim: Claim, { lane, limit }: LaneClaim) {
  const { senders } = claim;
  const oldest = oldestOfEach(sql, claim, { lane, limit });
  if (senders.length === 1) return sql`select f.* ${oldest} order by f.send_after limit ${limit}`;
  return sql`
    select ${columns(sql)} from (
      select f.*, i.busy + row_number() over (partition by i.id order by f.send_after) as turn
      ${oldest}
    ) q
    order by q.turn, q.send_after limit ${limit}`;
}

function oldestOfEach(sql: Sql, { senders, slots, ...claim }: Claim, { lane, limit }: LaneClaim) {
  const hasPace = senders.some(({ most }) => most !== null);
  return sql`
    from unnest(${senders.map(({ id }) => id)}::uuid[],
      ${senders.map(({ busy }) => busy[lane])}::int[],
      ${senders.map(({ most }) => most?.[lane] ?? slots.all)}::int[]) as i(id, busy, most)
    cross join lateral (
      select ${columns(sql)} from messages q
      where q.integration_id = i.id and q.lane = ${laneLiteral(sql, lane)}
        and q.status in ('queued', 'scheduled')
        and q.send_after <= ${claim.now} and ${isFirstInLine(sql, claim.settledBefore)}
      order by q.send_after limit ${hasPace ? sql`least(${limit}, i.most)` : limit}
      for update of q skip locked
    ) f
    where not ${isPaused(sql)}`;
}

/** Of a claimable row `q`. */
function columns(sql: Sql) {
  return sql`q.id, q.workspace_id, q.person_id, q.integration_id, q.channel, q.conversation_id,
    q.kind, q.seq, q.send_after, q.expires_at`;
}

/** What leaves in spite of a pause, whatever waits in its conversation. */
function ofPaused(sql: Sql, { senders, slots, now }: Claim) {
  return sql`
    select f.* from unnest(${senders.map(({ id }) => id)}::uuid[]) as i(id)
    cross join lateral (
      select ${columns(sql)} from messages q
      where q.integration_id = i.id and q.is_system and q.status in ('queued', 'scheduled')
        and q.send_after <= ${now} and ${isFirstOfSystem(sql)}
      order by q.send_after limit ${slots.all}::int
      for update of q skip locked
    ) f
    where ${isPaused(sql)}
    order by f.send_after limit ${slots.all}::int`;
}

/** A word and no parameter, so that the plan may be made for the lane. */
function laneLiteral(sql: Sql, lane: Lane) {
  return lane === "normal" ? sql`'normal'` : sql`'interactive'`;
}

export type ChangedMessage = {
  id: string;
  workspaceId: WorkspaceId;
  conversationId: string;
  integrationId: string;
  status: MessageStatus;
};

/**
 * Due rows whose time is over, wherever they wait. A scheduled one takes its place in the thread, so
 * that people see what did not leave.
 */
export async function expireMessages(sql: Sql, now: Date): Promise<ChangedMessage[]> {
  const rows = await sql<ChangedMessage[]>`
    with late as (
      select m.id, m.conversation_id, m.send_after, m.seq is null as is_new from messages m
      where m.status in ('queued', 'scheduled') and m.direction = 'out' and m.expires_at <= ${now}
      for update skip locked
    ),
    numbered as (
      select l.*, (count(*) filter (where is_new)
        over (partition by conversation_id order by send_after, id))::int as nth
      from late l
    ),
    touched as (
      update conversations c
      set revision = c.revision + 1, last_seq = c.last_seq + n.added
      from (
        select conversation_id, (count(*) filter (where is_new))::int as added
        from late group by conversation_id
      ) n
      where c.id = n.conversation_id
      returning c.id, c.last_seq - n.added as base
    ),
    changed as (
      update messages m
      set status = 'expired', status_reason = 'expired', failed_at = ${now},
        seq = case when n.is_new then t.base + n.nth else m.seq end
      from numbered n join touched t on t.id = n.conversation_id
      where m.id = n.id
      returning ${sql.unsafe(TOLD_COLUMNS)}
    ),
    owed as (${oweChanged(sql, sql`select *, ${now}::timestamptz as told_at from changed`)}),
    told as (
      insert into timeline (workspace_id, message_id, at, event)
      select workspace_id, id, ${now}, 'expired' from changed
    )
    select id, workspace_id as "workspaceId", conversation_id as "conversationId",
      integration_id as "integrationId", status from changed`;
  return [...rows];
}
