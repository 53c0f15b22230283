import { cardsByIds } from "@/db/queries/cards";
import { listConversations } from "@/db/queries/conversation-list";
import { findMessages } from "@/db/queries/messages";
import { findContact } from "@/db/queries/persons";
import { startConversation } from "@/lib/conversations/start-conversation";
import { apiRoute, invalid, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { sendProblem, toMessage } from "../messages/answers";
import { toConversation, userIdOf } from "./answers";
import * as operations from "./schema";
import { takeFiles } from "./take-files";

const list = apiRoute(operations.listConversations, async ({ deps, caller, query }) => {
  const { cursor, limit, assignee, ...rest } = query;
  const userId = userIdOf(caller);
  if (assignee === "me" && !userId) {
    const message = "An API key is nobody: give the id of a user";
    return { problem: invalid([{ path: "assignee", message }]) };
  }
  const assigneeId = assignee === "me" ? userId : assignee === "none" ? null : assignee;
  const filter = { ...rest, assigneeId };
  const page = await listConversations(deps.db, caller, { filter, userId, cursor, limit });
  return {
    status: 200,
    body: { data: page.cards.map(toConversation), nextCursor: page.nextCursor },
  };
});

const start = apiRoute(operations.startConversation, async (context) => {
  const { deps, caller, body, idempotencyKey } = context;
  const { integrationId, channel } = body;
  if (body.contact && !(await findContact(deps.db, caller.workspaceId, body.contact))) {
    const message = "No contact has this id";
    return { problem: invalid([{ path: "contact", message }], "contact_not_found") };
  }
  const from = integrationId ? { integrationId } : { channel };
  const files = await takeFiles(context, { ...body, from });
  if ("problem" in files) return files;
  const outcome = await startConversation(deps, {
    acting: caller,
    to: body.contact ? { personId: body.contact } : { phone: body.to ?? "" },
    from,
    body: body.body,
    mediaIds: files.mediaIds,
    sendAt: body.sendAt ?? null,
    idempotencyKey,
  });
  switch (outcome.kind) {
    case "started": {
      const ids = [outcome.conversationId];
      const [card] = await cardsByIds(deps.db, caller, { ids, userId: userIdOf(caller) });
      const [message] = await findMessages(deps.db, caller, [outcome.message.id]);
      if (!card || !message) return { problem: notFound() };
      return {
        status: 202,
        body: { conversation: toConversation(card), message: toMessage(message) },
        headers: { location: `/api/v1/conversations/${card.id}` },
      };
    }
    case "integration_not_found": {
      const text = "No sender of this channel here: connect one, or name its integrationId";
      return { problem: invalid([{ path: "integrationId", message: text }], outcome.kind) };
    }
    case "contact_not_found":
    case "contact_without_phone": {
      const text = "message" in outcome ? outcome.message : "No contact has this id";
      return { problem: invalid([{ path: "contact", message: text }], outcome.kind) };
    }
    case "refused":
      return { problem: sendProblem(outcome) };
    default:
      return outcome satisfies never;
  }
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: start });
