import type { Sql } from "../client";

/**
 * A statement that raises the revision of these conversations, locked in the order of their ids, so that
 * two statements that change the same ones never wait for each other.
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
