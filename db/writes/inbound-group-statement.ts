import { activities, changeConversation } from "./inbound-conversation";
import { oweStored, TOLD_COLUMNS } from "./owed-webhooks";

/**
 * Several texts, one row of the JSON each. It waits for no conversation: one that is locked at this
 * moment is left out, and so is whatever else it cannot do. Addresses, the only rows it may wait for,
 * come first and in the order of their values, as everywhere. Hence it holds many locks without being
 * part of a circle, and a conversation that somebody holds delays nobody else's text.
 */
const GIVEN = `
given as materialized (
  select g.*, (
      select true from messages m
      where m.account_id = g."accountId" and m.provider_id = g."providerId" and m.direction = 'in'
      limit 1
    ) is not null as is_here
  from jsonb_to_recordset($1::text::jsonb) as g("workspaceId" uuid, "integrationId" uuid,
    "accountId" uuid, "messageId" uuid, "conversationId" uuid, "personId" uuid, "addressId" uuid,
    kind text, value text, raw text, country text, "profileName" text, "searchText" text,
    channel text, "messageKind" text, "to" text, body text, content text, "providerId" text,
    wakes boolean, priority text, why text, "onlineSince" timestamptz, now timestamptz)
)`;

/** A limit keeps each of these a look into an index, whatever the planner thinks of the tables. */
const KNOWN = `
known as materialized (
  select given.*, person.id as known_id, person.is_blocked, person.profile_name
  from given
  left join lateral (
    select p.id, p.blocked_at is not null as is_blocked, p.profile_name
    from addresses a join persons p on p.id = a.person_id
    where a.workspace_id = given."workspaceId" and a.kind = given.kind and a.value = given.value
    limit 1
  ) person on true
  where not given.is_here
)`;

/** Whoever is met by two at once belongs to the other: then the text is left out. */
const NEW_PEOPLE = `
new_address as (
  insert into addresses (id, workspace_id, person_id, kind, value, raw, country, created_at)
  select "addressId", "workspaceId", "personId", kind, value, raw, country, now
  from known where known_id is null
  order by value collate "C", kind
  on conflict (workspace_id, kind, value) do nothing
  returning person_id
),
new_text as (
  select known.* from known join new_address on new_address.person_id = known."personId"
),
new_person as (
  insert into persons (id, workspace_id, profile_name, search_text, created_at, updated_at)
  select "personId", "workspaceId", "profileName", "searchText", now, now from new_text
),
new_conversation as (
  insert into conversations (id, workspace_id, person_id, integration_id, address, state, priority,
    is_listed, revision, last_seq, inbound_count, last_message_id, last_activity_at,
    last_inbound_at, waiting_since, state_reason, created_at)
  select "conversationId", "workspaceId", "personId", "integrationId", value, 'open',
    coalesce(priority, 'normal'), true, 1, 1, 1, "messageId", now, now, now, why::jsonb, now
  from new_text
  returning id, person_id, last_seq, last_message_id, state, state_reason, assignee_id
)`;

/** The count makes the addresses come first: whoever waits for one must hold no conversation. */
const LOCKED = `
locked as materialized (
  select known.*
  from known
  cross join lateral (
    select c.id from conversations c
    where c.person_id = known.known_id and c.integration_id = known."integrationId"
    limit 1 for no key update skip locked
  ) free
  where (known."profileName" is null or known."profileName" = known.profile_name)
    and (select count(*) from new_address) >= 0
)`;

/** Never inserts, being locked; what the update wants to know travels in columns of the insert. */
const CHANGED_CONVERSATION = `
changed_conversation as (
  insert into conversations as c (id, workspace_id, person_id, integration_id, address, state,
    priority, last_message_id, last_activity_at, last_inbound_at, waiting_since, state_reason,
    created_at)
  select "conversationId", "workspaceId", known_id, "integrationId", value,
    case when is_blocked then 'resolved' else 'open' end, coalesce(priority, 'low'),
    "messageId", now, now, case when wakes then now end,
    case when is_blocked then '{"rule":"blocked"}'::jsonb else why::jsonb end, now
  from locked${changeConversation({
    now: textOf("now", "excluded.last_message_id"),
    wakes: "(excluded.waiting_since is not null)",
    priority: "excluded.priority",
    onlineSince: textOf("onlineSince", "excluded.last_message_id"),
  })}
),
conversation as (
  select * from changed_conversation union all select * from new_conversation
)`;

const CHANGED = activities({
  workspaceId: textOf("workspaceId", "last_message_id"),
  now: textOf("now", "last_message_id"),
});

const MESSAGE = `
message as (
  insert into messages as m (id, workspace_id, conversation_id, integration_id, account_id, person_id,
    seq, direction, channel, kind, from_address, to_address, body, content, status, provider_id,
    counts, created_at)
  select "messageId", "workspaceId", c.id, "integrationId", "accountId", c.person_id, c.last_seq,
    'in', channel, "messageKind", value, "to", body, content::jsonb, 'received', "providerId",
    c.state in ('open', 'pending') and not coalesce(is_blocked, false), now
  from conversation c join known on known."messageId" = c.last_message_id
  returning ${TOLD_COLUMNS}
)`;

const WEBHOOKS = `
webhooks as (
  ${oweStored({ rows: "select m.*, m.created_at as told_at from message m" })}
)`;

const OUTCOMES = `
select given."messageId", given.is_here as "isHere", c.id as "conversationId",
  c.person_id as "personId", c.last_seq as seq, c.state
from given left join conversation c on c.last_message_id = given."messageId"`;

export const GROUP_STATEMENT = `with${[
  ...[GIVEN, KNOWN, NEW_PEOPLE, LOCKED, CHANGED_CONVERSATION, CHANGED, MESSAGE, WEBHOOKS],
].join(",")}${OUTCOMES}`;

function textOf(column: string, messageId: string): string {
  return `(select known."${column}" from known where known."messageId" = ${messageId})`;
}
