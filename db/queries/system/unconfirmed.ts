import type { Unconfirmed } from "../../../lib/domain/reconcile";
import type { Channel, Provider } from "../../../lib/domain/words";
import type { WorkspaceId } from "../../../lib/domain/workspace-id";
import type { Sql } from "../../client";

/** Whose list is to be asked, and about which number and sender. */
export type LookGroup = {
  workspaceId: WorkspaceId;
  accountId: string;
  provider: Provider;
  sid: string | null;
  tokenSealed: string | null;
  apiOrigin: string | null;
  channel: Channel;
  from: string;
  to: string;
  /** When the first attempt among its messages began. */
  since: Date;
};

type Due = {
  now: Date;
  /** Unconfirmed before this, and not looked for yet: due. */
  firstBefore: Date;
  limit: number;
};

/** Groups of unconfirmed messages, one per account, sender and number, that are due for a look. */
export async function findDueLooks(sql: Sql, { now, firstBefore, limit }: Due) {
  const rows = await sql<LookGroup[]>`
    select m.workspace_id as "workspaceId", m.account_id as "accountId", c.provider, c.sid,
      c.token_sealed as "tokenSealed", c.api_origin as "apiOrigin", m.channel,
      m.from_address as "from", m.to_address as "to", min(a.started_at) as since
    from messages m
    join attempts a on a.message_id = m.id and a.number = m.attempt
    join accounts c on c.id = m.account_id
    where m.status = 'unconfirmed' and m.unconfirmed_at is not null
      and (a.look_at <= ${now} or a.look_at is null and m.unconfirmed_at <= ${firstBefore})
    group by m.workspace_id, m.account_id, c.id, m.channel, m.from_address, m.to_address
    order by since limit ${limit}`;
  return [...rows];
}

export type SoughtMessage = Unconfirmed & {
  conversationId: string;
  integrationId: string;
  attempt: number;
  isCritical: boolean;
  /** Of a text that is the recipient's alone: what was sent in the place of the body. */
  sealed: string | null;
  /** Earlier looks that were judged. */
  looks: number;
  /** Tries in a row, this one included, of which nobody knows whether they left; when they began. */
  unknownTries: number;
  unknownSince: Date;
};

/** What of a group is unconfirmed now, and whether another message of it is on its way. */
export async function findSought(
  sql: Sql,
  { accountId, channel, from, to }: Pick<LookGroup, "accountId" | "channel" | "from" | "to">,
): Promise<{ messages: SoughtMessage[]; isSending: boolean }> {
  const rows = await sql<
    (Omit<SoughtMessage, "startedAt"> & { startedAt: Date; status: string })[]
  >`
    select m.id as "messageId", m.conversation_id as "conversationId",
      m.integration_id as "integrationId", m.status, m.attempt, m.is_critical as "isCritical",
      a.looks, m.body, m.content ->> 'sealed' as sealed,
      a.started_at as "startedAt", u.tries as "unknownTries", u.since as "unknownSince",
      (select count(*)::int from media d where d.message_id = m.id and m.kind = 'media') as "mediaCount"
    from conversations c
    join messages m on m.conversation_id = c.id and m.direction = 'out'
      and m.status in ('queued', 'sending', 'unconfirmed')
    join attempts a on a.message_id = m.id and a.number = m.attempt
    cross join lateral (
      select count(*)::int as tries, min(t.started_at) as since from attempts t
      where t.message_id = m.id and t.number > coalesce((
        select max(k.number) from attempts k
        where k.message_id = m.id and k.outcome <> 'unknown'), 0)
    ) u
    where c.id in (
        select u.conversation_id from messages u
        where u.status = 'unconfirmed' and u.account_id = ${accountId} and u.channel = ${channel}
          and u.from_address = ${from} and u.to_address = ${to})
      and m.account_id = ${accountId} and m.channel = ${channel}
      and m.from_address = ${from} and m.to_address = ${to}
      and (m.status = 'sending' or m.status = 'unconfirmed' and m.unconfirmed_at is not null)
    order by a.started_at, m.id`;
  const messages = rows.flatMap(({ status, startedAt, ...row }) =>
    status === "unconfirmed" ? [{ ...row, startedAt: startedAt.getTime() }] : [],
  );
  return { messages, isSending: rows.length > messages.length };
}

/** Which of these ids the account has given to attempts of ours, in any workspace. */
export async function findKnownIds(
  sql: Sql,
  { sid, providerIds }: { sid: string | null; providerIds: readonly string[] },
): Promise<Set<string>> {
  if (providerIds.length === 0) return new Set();
  const rows = await sql<{ id: string }[]>`
    select a.provider_id as id from attempts a
    where a.account_id in (select id from accounts where sid = ${sid})
      and a.provider_id = any(${[...providerIds]}::text[])`;
  return new Set(rows.map((row) => row.id));
}
