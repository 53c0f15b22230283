import { findMessages } from "@/db/queries/messages";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { retryMessage } from "@/lib/outbound/retry-message";
import { toMessage } from "../../answers";
import * as operations from "../../schema";

const retry = apiRoute(operations.retryMessage, async ({ deps, caller, params }) => {
  const messageId = params.id;
  const outcome = await retryMessage(deps, { scope: caller, messageId, actor: caller.actor });
  switch (outcome.kind) {
    case "queued": {
      const [message] = await findMessages(deps.db, caller, [messageId]);
      return message ? { status: 202, body: toMessage(message) } : { problem: notFound() };
    }
    case "not_found":
      return { problem: notFound() };
    case "not_retryable": {
      const detail = `It is ${outcome.status}: only what failed can be sent again`;
      return { problem: { status: 409, code: outcome.kind, detail } };
    }
    case "already_resent": {
      const detail = "What it tells was sent again since, as another message: retry that one";
      return { problem: { status: 409, code: outcome.kind, detail } };
    }
    case "opted_out": {
      const detail = "This person has opted out; they must send START before we can write again";
      return { problem: { status: 422, code: outcome.kind, detail } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: retry });
