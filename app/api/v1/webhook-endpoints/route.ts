import { type Cursor, cursorTime, encodeRowCursor } from "@/db/queries/cursor";
import { findEndpoint, listEndpoints } from "@/db/queries/webhooks";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { createEndpoint } from "@/lib/webhooks/create-endpoint";
import { toEndpoint, urlProblem } from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listWebhookEndpoints, async ({ deps, caller, query }) => {
  const { limit, cursor } = query;
  const all = await listEndpoints(deps.db, caller.workspaceId);
  const rest = cursor ? all.filter((row) => isAfter(row, cursor)) : all;
  const shown = rest.slice(0, limit);
  const last = rest.length > limit ? shown.at(-1) : undefined;
  return {
    status: 200,
    body: { data: shown.map(toEndpoint), nextCursor: last ? encodeRowCursor(last) : null },
  };
});

function isAfter(row: { createdAt: Date; id: string }, cursor: Cursor) {
  const ahead = row.createdAt.getTime() - cursorTime(cursor).getTime();
  return ahead > 0 || (ahead === 0 && row.id > cursor.id);
}

const create = apiRoute(operations.createWebhookEndpoint, async ({ deps, caller, body }) => {
  const outcome = await createEndpoint(deps, caller, body);
  if (outcome.kind === "url_refused") return { problem: urlProblem(outcome) };
  if (outcome.kind === "too_many_endpoints") {
    const detail = "The workspace has as many endpoints as it may: delete one first";
    return { problem: { status: 409, code: outcome.kind, detail } };
  }
  const row = await findEndpoint(deps.db, { workspaceId: caller.workspaceId, id: outcome.id });
  if (!row) return { problem: notFound() };
  return {
    status: 201,
    body: { ...toEndpoint(row), secret: outcome.secret },
    headers: { location: `/api/v1/webhook-endpoints/${row.id}` },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: create });
