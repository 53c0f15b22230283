import { countDeliveries } from "@/db/queries/notification-stats";
import { DELIVERY_STATES } from "@/lib/domain/history/delivery-state";
import { totalsBy, totalsOf } from "@/lib/domain/history/totals";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { whoseOf } from "../answers";
import * as operations from "../schema";

const MONTH_MS = 30 * 86_400_000;

const get = apiRoute(operations.notificationStats, async ({ query, ...context }) => {
  const { deps, caller } = context;
  const until = query.until ?? deps.clock.now();
  const since = query.since ?? new Date(until.getTime() - MONTH_MS);
  const personId = await whoseOf(context, query);
  const { workspaceId } = caller;
  const rows =
    personId === null
      ? []
      : await countDeliveries(deps.db, { workspaceId, personId, since, until });
  const counts = totalsBy(rows, ({ state }) => state);
  return {
    status: 200,
    body: {
      since: since.toISOString(),
      until: until.toISOString(),
      totals: totalsOf(rows),
      byChannel: totalsBy(rows, ({ channel }) => channel),
      byType: totalsBy(rows, ({ type }) => type),
      byStatus: DELIVERY_STATES.flatMap((status) => {
        const total = counts.find(({ key }) => key === status)?.total;
        return total === undefined ? [] : [{ status, count: total }];
      }),
    },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get });
