import { findConversation } from "@/db/queries/conversations";
import { findMessages, listMessages } from "@/db/queries/messages";
import { replyToConversation } from "@/lib/conversations/reply-to-conversation";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { sendProblem, toMessage } from "../../../messages/answers";
import * as operations from "../../schema";
import { takeFiles } from "../../take-files";

const list = apiRoute(operations.listConversationMessages, async (context) => {
  const { deps, caller, params, query } = context;
  if (!(await findConversation(deps.db, caller, params.id))) return { problem: notFound() };
  const filter = { conversationId: params.id };
  const page = await listMessages(deps.db, caller, { filter, ...query });
  return { status: 200, body: { data: page.messages.map(toMessage), nextCursor: page.nextCursor } };
});

const reply = apiRoute(operations.replyToConversation, async (context) => {
  const { deps, caller, params, body, idempotencyKey } = context;
  const conversation = await findConversation(deps.db, caller, params.id);
  if (!conversation) return { problem: notFound() };
  const { integrationId } = conversation;
  const files = await takeFiles(context, { ...body, from: { integrationId } });
  if ("problem" in files) return files;
  const outcome = await replyToConversation(deps, {
    acting: caller,
    conversationId: params.id,
    body: body.body,
    template: body.template
      ? { ref: body.template, variables: body.variables ?? {}, language: null }
      : null,
    mediaIds: files.mediaIds,
    sendAt: body.sendAt ?? null,
    afterSeq: body.afterSeq ?? null,
    force: body.force ?? false,
    idempotencyKey,
    metadata: body.metadata ?? null,
  });
  switch (outcome.kind) {
    case "enqueued": {
      const [message] = await findMessages(deps.db, caller, [outcome.message.id]);
      return message ? { status: 202, body: toMessage(message) } : { problem: notFound() };
    }
    case "conversation_not_found":
      return { problem: notFound() };
    case "conversation_moved": {
      const ids = outcome.messages.map((message) => message.id);
      const messages = (await findMessages(deps.db, caller, ids)).map(toMessage);
      const detail =
        "Others wrote meanwhile: read it, then send again with `force` or a new afterSeq";
      return { problem: { status: 409, code: outcome.kind, detail, data: { messages } } };
    }
    case "refused":
      return { problem: sendProblem(outcome) };
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: reply });
