/** Where the parts below find what the text brings: parameters of one, or rows of a group. */
export type TextSource = {
  workspaceId: string;
  now: string;
  wakes: string;
  /** At least this priority; null or `low`: no say. */
  priority: string;
  onlineSince: string;
};

/**
 * What a text does to a conversation that is there: the ON CONFLICT of its insert. A new one opens;
 * `excluded.state = 'open'` therefore says "not blocked". `state_reason` keeps what the row was
 * before, for the activity lines.
 */
export function changeConversation(text: Omit<TextSource, "workspaceId">): string {
  const { now, wakes, priority, onlineSince } = text;
  return `
  on conflict (person_id, integration_id) do update set
    address = excluded.address,
    state = case
      when excluded.state <> 'open' then c.state
      when ${wakes} then 'open'
      when not c.is_listed then 'resolved'
      else c.state end,
    snoozed_until = case when ${wakes} and excluded.state = 'open' then null
      else c.snoozed_until end,
    priority = case
      when excluded.state = 'open'
        and array_position(array['low', 'normal', 'high', 'urgent'], ${priority})
          > array_position(array['low', 'normal', 'high', 'urgent'], c.priority)
      then ${priority} else c.priority end,
    assignee_id = case
      when c.assignee_id is null or not ${wakes} or excluded.state <> 'open'
        then c.assignee_id
      when not exists (select 1 from memberships m
          where m.workspace_id = c.workspace_id and m.user_id = c.assignee_id and m.is_active)
        then null
      when c.state in ('resolved', 'snoozed') and not exists (select 1 from sessions s
          where s.user_id = c.assignee_id and s.expires_at > ${now}
            and s.last_seen_at > ${onlineSince})
        then null
      else c.assignee_id end,
    is_listed = c.is_listed or excluded.state = 'open',
    revision = c.revision + 1,
    last_seq = c.last_seq + 1,
    inbound_count = c.inbound_count + case
      when excluded.state = 'open'
        and (${wakes} or (c.is_listed and c.state in ('open', 'pending')))
      then 1 else 0 end,
    last_message_id = excluded.last_message_id,
    last_activity_at = case when excluded.state = 'open'
      then greatest(c.last_activity_at, excluded.last_activity_at) else c.last_activity_at end,
    last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at),
    waiting_since = case when ${wakes} and excluded.state = 'open'
      then coalesce(c.waiting_since, excluded.waiting_since) else c.waiting_since end,
    state_reason = excluded.state_reason || jsonb_strip_nulls(
      jsonb_build_object('from', c.state, 'assignee', c.assignee_id))
  returning c.id, c.person_id, c.last_seq, c.last_message_id, c.state, c.state_reason,
    c.assignee_id`;
}

/** The lines of the thread that say what the text changed. */
export function activities({ workspaceId, now }: Pick<TextSource, "workspaceId" | "now">): string {
  return `
changed as (
  insert into activities (workspace_id, conversation_id, kind, data, after_seq, at)
  select ${workspaceId}, id, 'reopened',
    jsonb_build_object('rule', state_reason->>'rule'), last_seq - 1, ${now}
  from conversation
  where state = 'open' and state_reason->>'from' in ('resolved', 'snoozed')
  union all
  select ${workspaceId}, id, 'unassigned',
    jsonb_build_object('assigneeId', state_reason->>'assignee', 'reason', 'offline'),
    last_seq - 1, ${now}
  from conversation
  where assignee_id is null and state_reason ? 'assignee'
)`;
}
