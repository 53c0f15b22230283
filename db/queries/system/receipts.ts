import type { Channel, MessageStatus, Provider } from "../../../lib/domain/words";
import type { Sql } from "../../client";

/** A message that was taken, and of which no last receipt has come. */
export type MissingReceipt = {
  messageId: string;
  attempt: number;
  providerId: string;
  /** What is known of the attempt. */
  status: MessageStatus;
  /** When it was taken. */
  sentAt: Date;
  looks: number;
  channel: Channel;
  accountId: string;
  provider: Provider;
  sid: string | null;
  tokenSealed: string | null;
  apiOrigin: string | null;
};

/** Those that are due to be asked about, over all workspaces; the longest due first. */
export async function findMissingReceipts(
  sql: Sql,
  { now, limit }: { now: Date; limit: number },
): Promise<MissingReceipt[]> {
  const rows = await sql<MissingReceipt[]>`
    select a.message_id as "messageId", a.number as attempt, a.provider_id as "providerId",
      coalesce(a.status, 'accepted') as status, coalesce(a.finished_at, a.started_at) as "sentAt",
      a.looks, m.channel, c.id as "accountId", c.provider, c.sid, c.token_sealed as "tokenSealed",
      c.api_origin as "apiOrigin"
    from attempts a join accounts c on c.id = a.account_id join messages m on m.id = a.message_id
    where a.look_at <= ${now} and a.provider_id is not null
      and coalesce(a.status, 'accepted') in ('accepted', 'sent')
    order by a.look_at limit ${limit}`;
  return [...rows];
}
