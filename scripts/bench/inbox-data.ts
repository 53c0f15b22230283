import { createHash } from "node:crypto";
import type postgres from "postgres";

/** An inbox of any size, made by the database itself: the same rows for the same size. */
export type InboxSize = { conversations: number; messagesEach: number; longThread: number };

export const BULK_WORKSPACE = "0197f000-0000-7000-8000-000000000001";
const USERS = 20;
const SENDERS = 5;

/** The agent through whose eyes the queries look. */
export const BULK_READER = uuidOf("user", 1);
/** A conversation with as many messages as `longThread` says. */
export const BULK_LONG_CONVERSATION = uuidOf("conversation", 1);

/** Fills an empty, migrated database; one in ten conversations is open, half of them unassigned. */
export async function fillInbox(sql: postgres.Sql, size: InboxSize) {
  const { conversations, messagesEach, longThread } = size;
  const id = (kind: string, n: string) => `md5('${kind}' || ${n})::uuid`;
  const at = "timestamptz '2026-11-20 09:00:00Z'";
  const n = `generate_series(1, ${conversations}) as n`;
  const inThread = `case when n = 1 then ${longThread} else ${messagesEach} end`;
  const lastAt = `${at} - n * interval '37 seconds'`;
  const statements = [
    `insert into workspaces (id, slug, name, created_at)
      values ('${BULK_WORKSPACE}', 'bulk', 'Bulk', ${at} - interval '3 years')`,
    `insert into accounts (id, workspace_id, provider, sid, created_at, updated_at)
      values (${id("account", "1")}, '${BULK_WORKSPACE}', 'twilio', 'bulk', ${at}, ${at})`,
    `insert into integrations (id, workspace_id, account_id, account_sid, name, type, sender, created_at, updated_at)
      select ${id("sender", "n")}, '${BULK_WORKSPACE}', ${id("account", "1")}, 'bulk', 'Number ' || n, 'sms',
        '+3319900' || (9000 + n), ${at}, ${at} from generate_series(1, ${SENDERS}) as n`,
    `insert into users (id, email, name, created_at)
      select ${id("user", "n")}, 'u' || n || '@bulk.test', 'User ' || n, ${at} from generate_series(1, ${USERS}) as n`,
    `insert into persons (id, workspace_id, name, search_text, created_at, updated_at)
      select ${id("colleague", "n")}, '${BULK_WORKSPACE}', 'User ' || n, 'user ' || n, ${at}, ${at}
      from generate_series(1, ${USERS}) as n`,
    `insert into memberships (workspace_id, user_id, role, person_id, created_at)
      select '${BULK_WORKSPACE}', ${id("user", "n")}, 'agent', ${id("colleague", "n")}, ${at} - interval '2 years'
      from generate_series(1, ${USERS}) as n`,
    `insert into labels (id, workspace_id, name)
      select ${id("label", "n")}, '${BULK_WORKSPACE}', 'Label ' || n from generate_series(1, 8) as n`,
    `insert into persons (id, workspace_id, name, search_text, created_at, updated_at)
      select ${id("person", "n")}, '${BULK_WORKSPACE}', name, lower(name) || ' ' || phone || ' 0' || substr(phone, 4),
        ${lastAt}, ${lastAt}
      from (select n, (array['Claire','Karim','Sophie','Bernard','Nadia','Paul','Elodie','Olivier','Martine','Julien'])[1 + n % 10]
        || ' ' || (array['Martin','Durand','Petit','Moreau','Garcia','Roux','Faure'])[1 + n % 7] || to_hex(n % 4096) as name,
        '+336' || lpad(n::text, 8, '0') as phone from ${n}) p`,
    `insert into addresses (id, workspace_id, person_id, kind, value, raw, created_at)
      select ${id("address", "n")}, '${BULK_WORKSPACE}', ${id("person", "n")}, 'phone',
        '+336' || lpad(n::text, 8, '0'), '', ${at} from ${n}`,
    `insert into conversations (id, workspace_id, person_id, integration_id, address, state, assignee_id, revision,
        last_seq, inbound_count, last_message_id, last_activity_at, last_inbound_at, waiting_since, created_at)
      select ${id("conversation", "n")}, '${BULK_WORKSPACE}', ${id("person", "n")}, ${id("sender", `(1 + n % ${SENDERS})`)},
        '+336' || lpad(n::text, 8, '0'), case when n % 10 = 1 then 'open' else 'resolved' end,
        case when n % 20 = 1 then ${id("user", `(1 + n % 19)`)} end, 1,
        ${inThread}, (${inThread}) / 2, ${id("message", `n || '-' || (${inThread})`)},
        ${lastAt}, ${lastAt}, null, ${lastAt} - interval '1 year' from ${n}`,
    `insert into messages (id, workspace_id, conversation_id, integration_id, account_id, person_id, seq, direction,
        channel, kind, from_address, to_address, body, status, lane, provider_id, segments, author_user_id, counts, created_at)
      select ${id("message", `n || '-' || seq`)}, '${BULK_WORKSPACE}', ${id("conversation", "n")},
        ${id("sender", `(1 + n % ${SENDERS})`)}, ${id("account", "1")}, ${id("person", "n")}, seq,
        case when seq % 2 = 0 then 'in' else 'out' end, 'sms', case when seq % 4 = 0 then 'media' else 'text' end,
        '+33199009001', '+336' || lpad(n::text, 8, '0'),
        'Bonjour, votre message n° ' || seq || ' est bien arrivé, merci de votre patience.',
        case when seq % 2 = 0 then 'received' else 'delivered' end, 'interactive',
        'SM' || md5(n || '-' || seq), 1, case when seq % 2 = 1 then ${id("user", `(1 + n % 19)`)} end,
        seq % 2 = 0,
        ${lastAt} - (${inThread} - seq) * interval '11 minutes'
      from ${n}, lateral generate_series(1, ${inThread}) as seq`,
    `insert into media (id, workspace_id, message_id, direction, status, content_type, size, created_at)
      select md5('media' || id)::uuid, workspace_id, id, direction, 'stored', 'image/png', 1000, created_at
      from messages where kind = 'media'`,
    `insert into activities (workspace_id, conversation_id, kind, after_seq, at)
      select '${BULK_WORKSPACE}', ${id("conversation", "n")}, 'assigned', k, ${lastAt} from ${n}, generate_series(1, 2) as k`,
    `insert into conversation_labels (workspace_id, conversation_id, label_id)
      select '${BULK_WORKSPACE}', ${id("conversation", "n")}, ${id("label", `(1 + n % 8)`)} from ${n} where n % 3 = 0`,
    `insert into conversation_reads (workspace_id, conversation_id, user_id, last_read_seq, read_inbound_count, at)
      select '${BULK_WORKSPACE}', ${id("conversation", "n")}, ${id("user", "u")}, ${messagesEach}, ${messagesEach} / 2 - n % 2, ${at}
      from ${n}, generate_series(1, 3) as u where n % 4 > 0`,
    `insert into consents (workspace_id, person_id, integration_id, channel, address, state, source, at)
      select '${BULK_WORKSPACE}', ${id("person", "n")}, ${id("sender", `(1 + n % ${SENDERS})`)}, 'sms', '', 'opted_out',
        'keyword', ${at} from ${n} where n % 50 = 0`,
  ];
  for (const statement of statements) await sql.unsafe(statement);
  await sql.unsafe("vacuum analyze");
}

/** The id that the statements above give to the nth row of a kind. */
function uuidOf(kind: string, n: number): string {
  return asUuid(createHash("md5").update(`${kind}${n}`).digest("hex"));
}

export function conversationOf(n: number): string {
  return uuidOf("conversation", n);
}

function asUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
