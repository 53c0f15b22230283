import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { testEndpoint } from "@/lib/webhooks/test-endpoint";
import * as operations from "../../schema";

const test = apiRoute(operations.testWebhookEndpoint, async ({ deps, caller, params }) => {
  const outcome = await testEndpoint(deps, caller, params);
  switch (outcome.kind) {
    case "owed":
      return { status: 202, body: { id: outcome.id } };
    case "not_found":
      return { problem: notFound() };
    case "endpoint_disabled": {
      const detail = "It is sent nothing while it is disabled: enable it first";
      return { problem: { status: 409, code: outcome.kind, detail } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: test });
