import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";
import * as operations from "../../schema";

const rotate = apiRoute(operations.rotateWebhookSecret, async ({ deps, caller, params }) => {
  const outcome = await rotateSecret(deps, caller, params);
  if (outcome.kind === "not_found") return { problem: notFound() };
  const { secret, previousUntil } = outcome;
  return { status: 200, body: { secret, previousSecretUntil: previousUntil.toISOString() } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: rotate });
