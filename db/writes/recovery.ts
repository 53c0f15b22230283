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
