import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { explainNotification } from "@/lib/notifications/explain-notification";
import {
  deliveryWriter,
  expiredProblem,
  recipientProblem,
  toNewNotification,
  unknownType,
} from "../answers";
import * as operations from "../schema";

const explain = apiRoute(operations.explainNotification, async ({ body, ...context }) => {
  const { deps, caller } = context;
  const { at = deps.clock.now(), ...given } = body;
  const expired = expiredProblem(given.expiresAt, at);
  if (expired) return { problem: expired };
  const notification = await toNewNotification(context, given);
  if (!notification) return { problem: unknownType("type") };
  const outcome = await explainNotification(deps, {
    workspaceId: caller.workspaceId,
    notification,
    at,
  });
  if (outcome.kind === "refused") return { problem: recipientProblem(outcome, "recipient") };
  const write = await deliveryWriter(context);
  const deliveries = outcome.deliveries.map(({ channel, insteadOf, decision }) =>
    write({ channel, insteadOf, ...decision }),
  );
  return { status: 200, body: { deliveries } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: explain });
