import { findHeldBox } from "@/db/queries/held";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import * as operations from "../../held/schema";
import { deliveryWriter, toDeliveries } from "../../notifications/answers";
import { ownPerson } from "../../preferences/answers";

const MOST = 100;

const list = apiRoute(operations.listHeld, async (context) => {
  const personId = await ownPerson(context);
  if (personId === null) return { problem: notFound() };
  const { workspaceId } = context.caller;
  const box = await findHeldBox(context.deps.db, { workspaceId, personId, limit: MOST });
  const write = await deliveryWriter(context);
  const data = box.notifications.map(({ body: message, createdAt, deliveries, ...row }) => {
    const times = { createdAt: createdAt.toISOString() };
    return { ...row, message, ...times, deliveries: toDeliveries(write, deliveries) };
  });
  const nextReleaseAt = box.nextReleaseAt?.toISOString() ?? null;
  return { status: 200, body: { total: box.total, nextReleaseAt, data } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list });
