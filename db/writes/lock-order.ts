import type { Sql } from "../client";

/*
 * Statements over several messages take their locks in one order, so that no two wait for each other
 * in a circle: attempts, then messages, then conversations, each by their ids. Each row is looked up by
 * itself: planned for a list, a plan of another day walks through the whole index beside it.
 */

/**
 * Of the rows of a list `r`: true of each, but the planner, which cannot know, takes it for rare. For the one
 * row that it then expects it chooses a look-up by key in each table that follows; for ten or a hundred it
 * would compare each row with each, or read an index whole.
 */
export const ONE_BY_ONE = "r.attempt % 1 = 0";

/**
 * Locks the attempts that the rows of `r` name by `id` and `attempt`, and selects the rows of `r` that do,
 * with the month in which each was counted as spent already.
 */
export function lockAttempts(sql: Sql) {
  return sql`
    select named.*, a.spent_in as spent_before from (select * from r order by id, attempt) named
    cross join lateral (
      select spent_in from attempts
      where message_id = named.id and number = named.attempt for no key update
    ) a`;
}

/**
 * Raises the revision of these conversations.
 * @param ids a query for one column, conversation ids
 */
export function touchConversations(sql: Sql, ids: ReturnType<Sql>) {
  return sql`
    update conversations c set revision = c.revision + 1
    from (select distinct i.id from (${ids}) i(id) order by i.id) named
    cross join lateral (
      select id from conversations where id = named.id for no key update
    ) locked
    where c.id = locked.id`;
}
