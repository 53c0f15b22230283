import { findTestMessage } from "@/db/queries/integrations";
import { apiRoute, invalid, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { testIntegration } from "@/lib/integrations/test-integration";
import * as operations from "../../schema";

const test = apiRoute(operations.testIntegration, async (context) => {
  const { deps, caller, params, body, idempotencyKey } = context;
  const input = { id: params.id, to: body.to ?? null, body: body.body, idempotencyKey };
  const outcome = await testIntegration(deps, caller, input);
  switch (outcome.kind) {
    case "not_found":
      return { problem: notFound() };
    case "checked":
      return { status: 200, body: { check: toCheck(outcome.check), message: null } };
    case "not_sent": {
      const { refusal } = outcome;
      const message = "message" in refusal ? refusal.message : "Nothing could be sent";
      const code = "code" in refusal ? refusal.code : refusal.kind;
      return { problem: invalid([{ path: "to", message }], code) };
    }
    case "sent": {
      const { workspaceId } = caller;
      const { messageId, conversationId } = outcome;
      const row = await findTestMessage(deps.db, { workspaceId, messageId });
      if (!row) return { problem: notFound() };
      const { status, providerId } = row;
      const message = { id: messageId, conversationId, status, providerId };
      return { status: 200, body: { check: toCheck(outcome.check), message } };
    }
    default:
      return outcome satisfies never;
  }
});

function toCheck<C extends { ok: boolean; senders?: readonly string[] | null }>(check: C) {
  return { ...check, senders: check.senders ? [...check.senders] : check.senders };
}

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: test });
