import { sql } from "drizzle-orm";
import type { Fate, NotificationChannel } from "../../lib/domain/deciding/words";
import { type DeliveryState, stateOfDelivery } from "../../lib/domain/history/delivery-state";
import type { MessageStatus } from "../../lib/domain/words";
import type { Database } from "../client";
import { deliveries, messages, notifications } from "../schema";
import type { Whose } from "./notification-filter";

export type CountedDeliveries = {
  channel: NotificationChannel;
  type: string;
  state: DeliveryState;
  count: number;
};

type Within = Whose & { since: Date; until: Date };

/** How many deliveries of the notifications raised then are how far, by channel and type (R212). */
export async function countDeliveries(
  db: Database,
  { workspaceId, personId, since, until }: Within,
): Promise<CountedDeliveries[]> {
  const isTheirs = personId === "all" ? sql`true` : sql`n.person_id = ${personId}`;
  const rows = await db.execute<Row>(sql`
    select d.channel, n.type, d.fate, m.status, count(*)::int as count
    from ${notifications} n
    join ${deliveries} d on d.notification_id = n.id
    left join ${messages} m on m.id = d.message_id
    where n.workspace_id = ${workspaceId} and ${isTheirs}
      and n.created_at >= ${since.toISOString()}::timestamptz
      and n.created_at <= ${until.toISOString()}::timestamptz
    group by 1, 2, 3, 4`);
  return rows.map(({ channel, type, fate, status, count }) => {
    return { channel, type, state: stateOfDelivery(fate, status), count };
  });
}

type Row = {
  channel: NotificationChannel;
  type: string;
  fate: Fate;
  status: MessageStatus | null;
  count: number;
};
