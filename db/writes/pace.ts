import type { Bucket } from "../../lib/domain/pace";
import type { Sql } from "../client";
import type { PaceRow } from "../queries/system/pace";

export type BucketChange = Pick<PaceRow, "id" | "kind"> & { from: Bucket | null; to: Bucket };

/**
 * Changes the buckets, all or none: each only where it still is what its reader saw. Rows that are
 * locked count as changed, so that nobody ever waits here, let alone in a circle.
 *
 * @returns false when somebody else was there first: read them again.
 */
export async function changeBuckets(sql: Sql, changes: readonly BucketChange[]): Promise<boolean> {
  if (changes.length === 0) return true;
  const moment = (bucket: Bucket | null) => (bucket ? new Date(bucket.at).toISOString() : null);
  const [row] = await sql<{ isDone: boolean }[]>`
    with c as (
      select * from unnest(
        ${changes.map(({ id }) => id)}::uuid[], ${changes.map(({ kind }) => kind)}::text[],
        ${changes.map(({ from }) => (from ? String(from.tokens) : null))}::float8[],
        ${changes.map(({ from }) => moment(from))}::timestamptz[],
        ${changes.map(({ to }) => String(to.tokens))}::float8[],
        ${changes.map(({ to }) => moment(to))}::timestamptz[]
      ) as c(id, kind, old_tokens, old_at, tokens, at)
    ),
    i as (
      select i.id from integrations i join c on c.kind = 'integration' and c.id = i.id
      where (i.pace_tokens, i.pace_at) is not distinct from (c.old_tokens, c.old_at)
      for no key update of i skip locked
    ),
    w as (
      select w.id from workspaces w join c on c.kind = 'workspace' and c.id = w.id
      where (w.pace_tokens, w.pace_at) is not distinct from (c.old_tokens, c.old_at)
      for no key update of w skip locked
    ),
    held as (
      select (select count(*) from i) + (select count(*) from w) = ${changes.length} as is_all
    ),
    changed_i as (
      update integrations t set pace_tokens = c.tokens, pace_at = c.at
      from c, held where held.is_all and c.kind = 'integration' and t.id = c.id
    ),
    changed_w as (
      update workspaces t set pace_tokens = c.tokens, pace_at = c.at
      from c, held where held.is_all and c.kind = 'workspace' and t.id = c.id
    )
    select is_all as "isDone" from held`;
  return row?.isDone ?? false;
}
