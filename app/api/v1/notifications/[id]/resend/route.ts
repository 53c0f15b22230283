import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { resendNotification } from "@/lib/notifications/resend-notification";
import { deliveryWriter, toDeliveries } from "../../answers";
import * as operations from "../../schema";

const resend = apiRoute(operations.resendNotification, async ({ params, body, ...context }) => {
  const { deps, caller } = context;
  const { id } = params;
  const outcome = await resendNotification(deps, caller, { id, channels: body.channels ?? null });
  switch (outcome.kind) {
    case "not_found":
      return { problem: notFound() };
    case "nothing_to_resend": {
      const detail = "Nothing of it failed, was refused or expired on these channels";
      return { problem: { status: 409, code: outcome.kind, detail } };
    }
    case "resent": {
      const deliveries = toDeliveries(await deliveryWriter(context), outcome.deliveries);
      return { status: 202, body: { id, deliveries } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: resend });
