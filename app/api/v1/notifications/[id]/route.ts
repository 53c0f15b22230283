import { findNotificationDetail } from "@/db/queries/notification-detail";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { deliveryWriter, localeOf, whoseOf } from "../answers";
import { toDetail } from "../detail";
import * as operations from "../schema";

const read = apiRoute(operations.getNotification, async (context) => {
  const { deps, caller, params } = context;
  const personId = await whoseOf(context);
  if (personId === null) return { problem: notFound() };
  const { workspaceId } = caller;
  const found = await findNotificationDetail(deps.db, { workspaceId, personId, id: params.id });
  if (!found) return { problem: notFound() };
  const write = await deliveryWriter(context);
  return { status: 200, body: toDetail(write, found, await localeOf(context)) };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read });
