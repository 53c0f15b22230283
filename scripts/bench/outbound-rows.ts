import type postgres from "postgres";

/** Keeps a message a conversation that the app has queued, as it is before it leaves. */
export async function keepAsTemplates(sql: postgres.Sql) {
  await sql`
    create table queued_texts as
    select distinct on (conversation_id) * from messages where status = 'queued'`;
}

/** As enqueue makes them: in the order of time, so that neighbours share a page of an index. */
const UUID_V7 = `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
  || '7' || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid`;

/** Queues `each` more messages per conversation: copies of the kept rows, with what enqueue adds. */
export async function fillOutbox(sql: postgres.Sql, each: number) {
  await sql`
    with copied as (
      insert into messages
      select r.* from queued_texts q
      join conversations c on c.id = q.conversation_id
      cross join generate_series(1, ${each}::int) as nth
      cross join lateral jsonb_populate_record(q, jsonb_build_object(
        'id', ${sql.unsafe(UUID_V7)}, 'seq', c.last_seq + nth, 'created_at', clock_timestamp(),
        'send_after', clock_timestamp(), 'expires_at', now() + interval '72 h')) as r
      order by nth
      returning id, workspace_id, conversation_id, seq
    ),
    told as (
      insert into timeline (workspace_id, message_id, at, event)
      select workspace_id, id, now(), 'queued' from copied
    )
    update conversations c
    set last_seq = n.seq, last_message_id = n.id, revision = revision + ${each}::int
    from copied n where n.conversation_id = c.id and n.seq = c.last_seq + ${each}::int`;
}
