import { activities, changeConversation, type TextSource } from "./inbound-conversation";
import { oweStored, TOLD_COLUMNS } from "./owed-webhooks";

/** What a message brings along; each adds a part to the statement, so that a plain SMS pays for none. */
export type InboundParts = {
  hasAlias: boolean;
  hasProfileName: boolean;
  hasQuote: boolean;
  hasMedia: boolean;
  hasConsent: boolean;
  hasLabels: boolean;
};

export type Statement = { text: string; names: readonly string[] };

const PARAMETERS: TextSource = {
  workspaceId: ":workspaceId::uuid",
  now: ":now::timestamptz",
  wakes: ":wakes::boolean",
  priority: ":priority::text",
  onlineSince: ":onlineSince::timestamptz",
};

const built = new Map<string, Statement>();

/** The one statement for this combination of parts; its text never changes, so PostgreSQL keeps its plan. */
export function inboundStatement(parts: InboundParts): Statement {
  const key = Object.values(parts).map(Number).join("");
  const known = built.get(key);
  if (known) return known;
  const statement = numberParameters(compose(parts));
  built.set(key, statement);
  return statement;
}

/** `:name` → `$1`, in the order of first appearance (casts keep their two colons). */
function numberParameters(template: string): Statement {
  const names: string[] = [];
  const text = template.replace(/(?<!:):([a-zA-Z]+)/g, (_, name: string) => {
    const index = names.indexOf(name);
    return `$${index >= 0 ? index + 1 : names.push(name)}`;
  });
  return { text, names };
}

function compose(parts: InboundParts): string {
  return [
    "with",
    parts.hasAlias ? KNOWN_BY_EITHER : KNOWN,
    ADDRESS,
    CONVERSATION,
    `${activities(PARAMETERS)},`,
    parts.hasAlias ? ALIAS : "",
    parts.hasProfileName ? PROFILE_NAME : "",
    parts.hasConsent ? CONSENT : "",
    parts.hasLabels ? LABELS : "",
    message(parts),
    parts.hasMedia ? MEDIA : "",
    webhooks(parts),
    `select id as "conversationId", person_id as "personId", last_seq as seq, state from conversation`,
  ].join("\n");
}

const KNOWN = `
known as (
  select a.person_id, p.blocked_at is not null as is_blocked, true as has_address
  from addresses a join persons p on p.id = a.person_id
  where a.workspace_id = :workspaceId::uuid and a.kind = :kind::text and a.value = :value::text
),`;

/** A person may be known by number, by WhatsApp id, or both; the address they wrote from decides. */
const KNOWN_BY_EITHER = `
known as (
  select a.person_id, p.blocked_at is not null as is_blocked,
    a.kind = :kind::text and a.value = :value::text as has_address
  from addresses a join persons p on p.id = a.person_id
  where a.workspace_id = :workspaceId::uuid
    and (a.kind, a.value) in ((:kind::text, :value::text), (:aliasKind::text, :aliasValue::text))
  order by 3 desc limit 1
),`;

/**
 * The upsert runs only for an address that the snapshot does not hold. Of several first messages in
 * parallel one inserts; the others get its person back, and only the winner inserts the person.
 */
const ADDRESS = `
address as (
  insert into addresses (id, workspace_id, person_id, kind, value, raw, country, created_at)
  select :addressId::uuid, :workspaceId::uuid,
    coalesce((select person_id from known), :personId::uuid),
    :kind::text, :value::text, :raw::text, :country::text, :now::timestamptz
  where not exists (select 1 from known where has_address)
  on conflict (workspace_id, kind, value) do update set value = excluded.value
  returning person_id
),
who as (
  select coalesce(address.person_id, known.person_id) as id,
    coalesce(known.is_blocked, false) as is_blocked
  from (select 1) one left join address on true left join known on true
),
person as (
  insert into persons (id, workspace_id, profile_name, search_text, created_at, updated_at)
  select id, :workspaceId::uuid, :profileName::text, :searchText::text,
    :now::timestamptz, :now::timestamptz
  from who where id = :personId::uuid and not exists (select 1 from known)
),`;

const CONVERSATION = `
conversation as (
  insert into conversations as c (id, workspace_id, person_id, integration_id, address, state,
    priority, is_listed, revision, last_seq, inbound_count, last_message_id, last_activity_at,
    last_inbound_at, waiting_since, state_reason, created_at)
  select :conversationId::uuid, :workspaceId::uuid, who.id, :integrationId::uuid, :value::text,
    case when who.is_blocked then 'resolved' else 'open' end,
    case when who.is_blocked then 'normal' else coalesce(:priority::text, 'normal') end,
    true, 1, 1,
    case when who.is_blocked then 0 else 1 end,
    :messageId::uuid, :now::timestamptz, :now::timestamptz,
    case when who.is_blocked then null else :now::timestamptz end,
    case when who.is_blocked then '{"rule":"blocked"}'::jsonb else :why::text::jsonb end,
    :now::timestamptz
  from who${changeConversation(PARAMETERS)}
),`;

const ALIAS = `
alias as (
  insert into addresses (id, workspace_id, person_id, kind, value, raw, country, created_at)
  select :aliasId::uuid, :workspaceId::uuid, who.id, :aliasKind::text, :aliasValue::text,
    :aliasValue::text, null, :now::timestamptz
  from who
  on conflict (workspace_id, kind, value) do nothing
),`;

const PROFILE_NAME = `
profile as (
  update persons set profile_name = :profileName::text, updated_at = :now::timestamptz
  where id = (select id from who) and profile_name is distinct from :profileName::text
),`;

const CONSENT = `
consent as (
  insert into consents (workspace_id, person_id, integration_id, channel, address, state, source,
    words, message_id, at)
  select :workspaceId::uuid, person_id, :integrationId::uuid, :channel::text, :value::text,
    :consentState::text, :consentSource::text, :consentWords::text, :messageId::uuid,
    :now::timestamptz
  from conversation c
  -- A text that was fetched late takes nothing back that was said after it.
  where not exists (
    select 1 from consents later
    where later.person_id = c.person_id and later.integration_id = :integrationId::uuid
      and later.channel = :channel::text and later.at > :now::timestamptz)
),
consented as (
  insert into activities (workspace_id, conversation_id, kind, data, after_seq, at)
  select :workspaceId::uuid, id, :consentState::text,
    jsonb_build_object('words', :consentWords::text), last_seq, :now::timestamptz
  from conversation
),`;

const LABELS = `
labelled as (
  insert into conversation_labels (workspace_id, conversation_id, label_id)
  select :workspaceId::uuid, conversation.id, labels.id
  from conversation, labels
  where labels.workspace_id = :workspaceId::uuid
    and labels.name in (select jsonb_array_elements_text(:labels::text::jsonb))
  on conflict do nothing
),`;

/** No ON CONFLICT: a message that is here already rolls all of this back. */
function message({ hasQuote }: InboundParts): string {
  return `
message as (
  insert into messages as m (id, workspace_id, conversation_id, integration_id, account_id, person_id,
    seq, direction, channel, kind, from_address, to_address, body, content, status, provider_id,
    quoted_message_id, quoted_provider_id, counts, created_at)
  select :messageId::uuid, :workspaceId::uuid, id, :integrationId::uuid, :accountId::uuid,
    person_id, last_seq, 'in', :channel::text, :messageKind::text, :value::text, :to::text,
    :body::text, :content::text::jsonb, 'received', :providerId::text,
    ${hasQuote ? QUOTED : "null, null"},
    state in ('open', 'pending') and not (select is_blocked from who), :now::timestamptz
  from conversation
  returning ${TOLD_COLUMNS}
),`;
}

/** What is quoted: one of theirs by its own id, one of ours by an attempt's. */
const QUOTED = `(
      select id from messages
      where account_id = :accountId::uuid and provider_id = :quotedProviderId::text
        and direction = 'in' and workspace_id = :workspaceId::uuid
      union all
      select message_id from attempts
      where account_id = :accountId::uuid and provider_id = :quotedProviderId::text
        and workspace_id = :workspaceId::uuid
      limit 1
    ), :quotedProviderId::text`;

const MEDIA = `
owed as (
  insert into media (id, workspace_id, message_id, direction, position, status, source_url,
    content_type, fetch_after, created_at)
  select file.id, :workspaceId::uuid, :messageId::uuid, 'in', file.position, 'owed', file.url,
    file."contentType", :now::timestamptz, :now::timestamptz
  from jsonb_to_recordset(:media::text::jsonb)
    as file(id uuid, position int, url text, "contentType" text)
),`;

/** The files are stored by this statement, hence not to be seen by it. */
const GIVEN_MEDIA = `(
  select jsonb_agg(file ->> 'id' order by (file ->> 'position')::int)
  from jsonb_array_elements(:media::text::jsonb) file)`;

function webhooks({ hasMedia }: InboundParts): string {
  const mediaIds = hasMedia ? GIVEN_MEDIA : undefined;
  return `
webhooks as (
  ${oweStored({ rows: "select m.*, m.created_at as told_at from message m", mediaIds })}
)`;
}
