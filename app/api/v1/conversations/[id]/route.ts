import { patchConversation } from "@/lib/conversations/patch-conversation";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { patchProblem, readDetail } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getConversation, async ({ deps, caller, params }) => {
  const body = await readDetail(deps, caller, params.id);
  return body ? { status: 200, body } : { problem: notFound() };
});

const update = apiRoute(operations.updateConversation, async ({ deps, caller, params, body }) => {
  const { labels, state, ...rest } = body;
  const outcome = await patchConversation(deps, {
    acting: caller,
    conversationId: params.id,
    // "snoozed" says no more than its moment does.
    changes: { ...rest, state: state === "snoozed" ? undefined : state, labelIds: labels },
  });
  if (outcome.kind !== "done") return { problem: patchProblem(outcome) };
  const now = await readDetail(deps, caller, params.id);
  return now ? { status: 200, body: now } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read, PATCH: update });
