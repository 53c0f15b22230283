import type { Sql } from "../client";

/*
 * Statements over several messages take their locks in one order, so that no two wait for each other
 * in a circle: attempts, then messages, then conversations, each by their ids.
 */

/** Locks the attempts that the rows of `r` name by `id` and `attempt`, and selects them. */
export function lockAttempts(sql: Sql) {
  return sql`
    select a.message_id, a.number from attempts a
    join r on a.message_id = r.id and a.number = r.attempt
    order by a.message_id for no key update of a`;
}

/**
 * Raises the revision of these conversations.
 * @param ids a query for conversation ids
 */
export function touchConversations(sql: Sql, ids: ReturnType<Sql>) {
  return sql`
    update conversations c set revision = c.revision + 1
    from (
      select id from conversations where id in (${ids}) order by id for no key update
    ) locked
    where c.id = locked.id`;
}
