import { sql } from "drizzle-orm";
import type { Scope } from "../../lib/domain/viewer";
import type { Database } from "../client";
import { withinScope } from "../queries/scope";
import { conversationReads, conversations, messages } from "../schema";

export type ReadMark = { lastReadSeq: number; unread: number };

type Mark = { conversationId: string; userId: string; now: Date };

/**
 * Notes that an agent has read up to `seq`; never takes back what was read before.
 * @returns null when the conversation is not within the scope
 */
export async function putRead(
  db: Database,
  scope: Scope,
  input: Mark & { seq: number },
): Promise<ReadMark | null> {
  const after = sql`(select count(*) from ${messages}
    where ${messages.conversationId} = c.id and ${messages.seq} > ${input.seq}
      and ${messages.counts})`;
  return upsertRead(db, scope, input, {
    seq: sql`least(${input.seq}, c.last_seq)`,
    inboundCount: sql`case when ${input.seq} >= c.last_seq then c.inbound_count
      else greatest(c.inbound_count - ${after}, 0) end`,
    merge: sql`last_read_seq = greatest(conversation_reads.last_read_seq, excluded.last_read_seq),
      read_inbound_count = greatest(conversation_reads.read_inbound_count, excluded.read_inbound_count)`,
    where: sql`true`,
  });
}

/**
 * Makes the last inbound message unread again for an agent.
 * @returns null when the conversation is not within the scope or nothing came in yet
 */
export async function takeReadBack(
  db: Database,
  scope: Scope,
  input: Mark,
): Promise<ReadMark | null> {
  const lastInbound = sql`(select ${messages.seq} from ${messages}
    where ${messages.conversationId} = c.id and ${messages.counts}
    order by ${messages.seq} desc nulls last limit 1)`;
  return upsertRead(db, scope, input, {
    seq: sql`coalesce(${lastInbound} - 1, 0)`,
    inboundCount: sql`c.inbound_count - 1`,
    merge: sql`last_read_seq = excluded.last_read_seq,
      read_inbound_count = excluded.read_inbound_count`,
    where: sql`c.inbound_count > 0`,
  });
}

type Upsert = Record<"seq" | "inboundCount" | "merge" | "where", ReturnType<typeof sql>>;

async function upsertRead(db: Database, scope: Scope, input: Mark, with_: Upsert) {
  const visible = sql`select * from ${conversations}
    where ${withinScope(conversations, scope)} and ${conversations.id} = ${input.conversationId}`;
  const [row] = await db.execute<ReadMark>(sql`
    with c as (${visible}), marked as (
      insert into ${conversationReads}
        (workspace_id, conversation_id, user_id, last_read_seq, read_inbound_count, at)
      select c.workspace_id, c.id, ${input.userId}::uuid, ${with_.seq}, ${with_.inboundCount},
        ${input.now.toISOString()}::timestamptz
      from c where ${with_.where}
      on conflict (conversation_id, user_id) do update set ${with_.merge}, at = excluded.at
      returning last_read_seq, read_inbound_count)
    select marked.last_read_seq as "lastReadSeq",
      greatest(c.inbound_count - marked.read_inbound_count, 0) as unread
    from marked, c`);
  return row ?? null;
}
