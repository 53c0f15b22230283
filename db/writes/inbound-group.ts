import type { Sql } from "../client";
import { type InboundRow, parameters, type StoredInbound } from "./inbound";
import { activities, changeConversation } from "./inbound-conversation";

/**
 * Several texts in one statement, for those that most are: plain texts of people whose conversation is
 * there. It waits for no conversation: one that is locked at this moment is left out, and so is whatever
 * else it cannot do. Hence it holds many locks without being part of a circle, and a conversation that
 * somebody holds delays nobody else's text.
 */
const STATEMENT = `
with given as materialized (
  select g.*, (
      select true from messages m
      where m.account_id = g."accountId" and m.provider_id = g."providerId" and m.direction = 'in'
      limit 1
    ) is not null as is_here
  from jsonb_to_recordset($1::text::jsonb) as g("workspaceId" uuid, "integrationId" uuid,
    "accountId" uuid, "messageId" uuid, kind text, value text, "profileName" text, channel text,
    "messageKind" text, "to" text, body text, content text, "providerId" text, wakes boolean,
    priority text, why text, "onlineSince" timestamptz, now timestamptz)
),
-- A limit keeps each of these a look into an index, whatever the planner thinks of the tables.
ready as materialized (
  select given.*, known.person_id, known.is_blocked
  from given
  cross join lateral (
    select p.id as person_id, p.blocked_at is not null as is_blocked
    from addresses a join persons p on p.id = a.person_id
    where a.workspace_id = given."workspaceId" and a.kind = given.kind and a.value = given.value
      and (given."profileName" is null or p.profile_name = given."profileName")
    limit 1
  ) known
  cross join lateral (
    select c.id from conversations c
    where c.person_id = known.person_id and c.integration_id = given."integrationId"
    limit 1 for no key update skip locked
  ) locked
  where not given.is_here
),
-- Never inserts, being locked; what the update wants to know travels in columns of the insert.
conversation as (
  insert into conversations as c (id, workspace_id, person_id, integration_id, address, state,
    priority, last_message_id, last_activity_at, last_inbound_at, waiting_since, state_reason,
    created_at)
  select "messageId", "workspaceId", person_id, "integrationId", value,
    case when is_blocked then 'resolved' else 'open' end, coalesce(priority, 'low'),
    "messageId", now, now, case when wakes then now end,
    case when is_blocked then '{"rule":"blocked"}'::jsonb else why::jsonb end, now
  from ready${changeConversation({
    now: textOf("now", "excluded.last_message_id"),
    wakes: "(excluded.waiting_since is not null)",
    priority: "excluded.priority",
    onlineSince: textOf("onlineSince", "excluded.last_message_id"),
  })}
),
${activities({
  workspaceId: textOf("workspaceId", "last_message_id"),
  now: textOf("now", "last_message_id"),
})}
message as (
  insert into messages (id, workspace_id, conversation_id, integration_id, account_id, person_id,
    seq, direction, channel, kind, from_address, to_address, body, content, status, provider_id,
    counts, created_at)
  select "messageId", "workspaceId", c.id, "integrationId", "accountId", c.person_id, c.last_seq,
    'in', channel, "messageKind", value, "to", body, content::jsonb, 'received', "providerId",
    c.state in ('open', 'pending') and not is_blocked, now
  from conversation c join ready on ready."messageId" = c.last_message_id
)
select given."messageId", given.is_here as "isHere", c.id as "conversationId",
  c.person_id as "personId", c.last_seq as seq, c.state
from given left join conversation c on c.last_message_id = given."messageId"`;

function textOf(column: string, messageId: string): string {
  return `(select ready."${column}" from ready where ready."messageId" = ${messageId})`;
}

/** Can a group hold it? A plain text; what it brings besides, the statement of one text stores. */
export function fitsGroup(row: InboundRow): boolean {
  const isPlain = row.alias === null && row.quotedProviderId === null && row.consent === null;
  return isPlain && row.media.length === 0 && row.labels.length === 0;
}

type Told = { messageId: string; isHere: boolean } & (
  | Omit<Extract<StoredInbound, { kind: "stored" }>, "kind">
  | { conversationId: null }
);

/**
 * Stores what it can of texts that fit a group (`fitsGroup`), each from another address and with
 * another provider id, in one statement, hence all of that or nothing.
 *
 * @returns what became of each, in their order; null: left out, nothing was changed for it
 * @throws postgres.PostgresError when one of them cannot be stored, whichever it is
 */
export async function storeInboundGroup(
  sql: Sql,
  rows: readonly InboundRow[],
): Promise<(StoredInbound | null)[]> {
  const given = JSON.stringify(rows.map(parameters));
  const told = await sql.unsafe<Told[]>(STATEMENT, [given], { prepare: true });
  const byMessage = new Map(told.map((one) => [one.messageId, outcomeOf(one)]));
  return rows.map((row) => byMessage.get(row.ids.message) ?? null);
}

function outcomeOf({ messageId: _, isHere, ...stored }: Told): StoredInbound | null {
  if (isHere) return { kind: "duplicate" };
  return stored.conversationId === null ? null : { kind: "stored", ...stored };
}
