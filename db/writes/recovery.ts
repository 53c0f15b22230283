import type { Sql } from "../client";

/** Everything that came in at the provider up to then is here. */
export async function noteRecovered(
  sql: Sql,
  { accountId, until }: { accountId: string; until: Date },
): Promise<void> {
  await sql`
    update accounts set recovered_until = greatest(recovered_until, ${until})
    where id = ${accountId}`;
}

/**
 * A conversation that a long missed text has opened and nobody has touched is history: it is filed
 * `resolved`.
 */
export async function fileOldConversation(
  sql: Sql,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<void> {
  await sql`
    update conversations set state = 'resolved', waiting_since = null, revision = revision + 1
    where id = ${conversationId} and state = 'open' and assignee_id is null
      and last_seq = 1 and last_message_id = ${messageId}`;
}

type Traffic = {
  accountId: string;
  /** ISO 8601, of UTC. */
  day: string;
  received: { there: number; here: number };
  sent: { there: number; here: number };
  now: Date;
};

/** The figure of a day; a second count of the same day replaces it. */
export async function noteTraffic(sql: Sql, traffic: Traffic): Promise<void> {
  const { accountId, day, received, sent, now } = traffic;
  await sql`
    insert into traffic_days (workspace_id, account_id, day, received_there, received_here,
      sent_there, sent_here, compared_at)
    select a.workspace_id, a.id, ${day}, ${received.there}, ${received.here}, ${sent.there},
      ${sent.here}, ${now}
    from accounts a where a.id = ${accountId}
    on conflict (account_id, day) do update set received_there = excluded.received_there,
      received_here = excluded.received_here, sent_there = excluded.sent_there,
      sent_here = excluded.sent_here, compared_at = excluded.compared_at`;
}
