import type { Sql } from "../client";

/**
 * The provider refuses to write to these messages' people because they have opted out there: the
 * ledger follows, unless its last row says so already.
 */
export async function recordProviderOptOuts(
  sql: Sql,
  messageIds: readonly string[],
  now: Date,
): Promise<void> {
  await sql`
    insert into consents
      (workspace_id, person_id, integration_id, channel, address, state, source, message_id, at)
    select distinct on (m.person_id, m.integration_id, m.channel) m.workspace_id, m.person_id,
      m.integration_id, m.channel, m.to_address, 'opted_out', 'provider', m.id, ${now}::timestamptz
    from messages m
    where m.id = any(${[...messageIds]}::uuid[]) and coalesce((
      select c.state from consents c
      where c.workspace_id = m.workspace_id and c.person_id = m.person_id
        and c.integration_id = m.integration_id and c.channel = m.channel
      order by c.id desc limit 1), '') <> 'opted_out'`;
}
