import { findNotification } from "@/db/queries/notifications";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { deliveryWriter, toNotification, whoseOf } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getNotification, async (context) => {
  const { deps, caller, params } = context;
  const personId = await whoseOf(context);
  if (personId === null) return { problem: notFound() };
  const { workspaceId } = caller;
  const found = await findNotification(deps.db, { workspaceId, personId, id: params.id });
  if (!found) return { problem: notFound() };
  return { status: 200, body: toNotification(await deliveryWriter(context), found) };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read });
