import { findMessages } from "@/db/queries/messages";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { cancelMessage } from "@/lib/outbound/cancel-message";
import { toMessage } from "../../answers";
import * as operations from "../../schema";

const cancel = apiRoute(operations.cancelMessage, async ({ deps, caller, params }) => {
  const messageId = params.id;
  const outcome = await cancelMessage(deps, { scope: caller, messageId, actor: caller.actor });
  switch (outcome.kind) {
    case "canceled": {
      const [message] = await findMessages(deps.db, caller, [messageId]);
      return message ? { status: 200, body: toMessage(message) } : { problem: notFound() };
    }
    case "not_found":
      return { problem: notFound() };
    case "too_late": {
      const detail = `It is ${outcome.status}: only what was not handed over can be taken back`;
      return { problem: { status: 409, code: outcome.kind, detail } };
    }
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ POST: cancel });
