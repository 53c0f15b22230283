import { listNotifications } from "@/db/queries/notifications";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import {
  answerRaised,
  deliveryWriter,
  expiredProblem,
  toNewNotification,
  toNotification,
  unknownType,
  whoseOf,
} from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listNotifications, async ({ query, ...context }) => {
  const { deps, caller } = context;
  const { cursor, limit, unread, own, ...filter } = query;
  const personId = await whoseOf(context, { own });
  if (personId === null) return { status: 200, body: { data: [], nextCursor: null } };
  const page = await listNotifications(deps.db, {
    workspaceId: caller.workspaceId,
    personId,
    filter: { ...filter, isUnread: unread === "true" },
    cursor,
    limit,
  });
  const write = await deliveryWriter(context);
  const data = page.notifications.map((row) => toNotification(write, row));
  return { status: 200, body: { data, nextCursor: page.nextCursor } };
});

const raise = apiRoute(operations.raiseNotification, async ({ body, ...context }) => {
  const expired = expiredProblem(body.expiresAt, context.deps.clock.now());
  if (expired) return { problem: expired };
  const notification = await toNewNotification(context, body);
  if (!notification) return { problem: unknownType("type") };
  return answerRaised(context, notification);
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: raise });
