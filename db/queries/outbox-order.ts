import type { Sql } from "../client";

/**
 * Order in a conversation, as a condition on the row `q` of messages: no earlier row of the same
 * conversation and lane is queued, sending, or unconfirmed since `settledBefore` or later. A row that
 * the user scheduled has no seq yet, so everything under way stands before it.
 *
 * Written as scalar subqueries with a limit on purpose: the planner can only answer them row by row from
 * `messages_blocking_idx`, so a claim costs what it takes, never what is queued.
 */
export function isFirstInLine(sql: Sql, settledBefore: Date) {
  return sql`
    case when q.seq is not null then q.seq = (
      select b.seq from messages b
      where b.conversation_id = q.conversation_id and b.lane = q.lane and b.direction = 'out'
        and b.status in ('queued', 'sending', 'unconfirmed') and b.seq is not null
        and (b.status <> 'unconfirmed' or b.unconfirmed_at > ${settledBefore})
      order by b.seq limit 1
    ) else (
      select 1 from messages b
      where b.conversation_id = q.conversation_id and b.lane = q.lane and b.direction = 'out'
        and b.status in ('queued', 'sending', 'unconfirmed')
        and (b.status <> 'unconfirmed' or b.unconfirmed_at > ${settledBefore})
      limit 1
    ) is null and (
      select 1 from messages s
      where s.conversation_id = q.conversation_id and s.lane = q.lane and s.status = 'scheduled'
        and (s.send_after, s.id) < (q.send_after, q.id)
      limit 1
    ) is null end`;
}

/**
 * The same among system messages alone, which leave while sending is paused: what waits in their
 * conversation does not hold them up.
 */
export function isFirstOfSystem(sql: Sql) {
  return sql`(q.seq is null or (
    select 1 from messages b
    where b.conversation_id = q.conversation_id and b.lane = q.lane and b.direction = 'out'
      and b.status in ('queued', 'sending') and b.is_system and b.seq < q.seq
    limit 1) is null)`;
}

/**
 * Has somebody paused all sending, or this channel's, for the sender whose id is `i.id`? Asked once a
 * sender and statement: the table holds four rows a workspace at most.
 */
export function isPaused(sql: Sql) {
  return sql`(
    select 1 from integrations s join sending_pauses p on p.workspace_id = s.workspace_id
    where s.id = i.id and p.scope in ('all', s.type)
    limit 1) is not null`;
}
