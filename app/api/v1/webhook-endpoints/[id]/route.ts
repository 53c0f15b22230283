import { findEndpoint } from "@/db/queries/webhooks";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { deleteEndpoint } from "@/lib/webhooks/delete-endpoint";
import { updateEndpoint } from "@/lib/webhooks/update-endpoint";
import { toEndpoint, urlProblem } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getWebhookEndpoint, async ({ deps, caller, params }) => {
  const row = await findEndpoint(deps.db, { workspaceId: caller.workspaceId, id: params.id });
  return row ? { status: 200, body: toEndpoint(row) } : { problem: notFound() };
});

const update = apiRoute(operations.updateWebhookEndpoint, async (context) => {
  const { deps, caller, params, body: changes } = context;
  const outcome = await updateEndpoint(deps, caller, { id: params.id, changes });
  if (outcome.kind === "url_refused") return { problem: urlProblem(outcome) };
  const row = await findEndpoint(deps.db, { workspaceId: caller.workspaceId, id: params.id });
  return row ? { status: 200, body: toEndpoint(row) } : { problem: notFound() };
});

const remove = apiRoute(operations.deleteWebhookEndpoint, async ({ deps, caller, params }) => {
  const outcome = await deleteEndpoint(deps, caller, params);
  return outcome.kind === "deleted" ? { status: 204 } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: read,
  PATCH: update,
  DELETE: remove,
});
