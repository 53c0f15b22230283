import { type Cursor, cursorTime, encodeRowCursor } from "@/db/queries/cursor";
import { findIntegration, listIntegrations } from "@/db/queries/integrations";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { createIntegration } from "@/lib/integrations/create-integration";
import { integrationProblem, toIntegration } from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listIntegrations, async ({ deps, caller, query }) => {
  const { limit, cursor } = query;
  const all = await listIntegrations(deps.db, caller);
  const rest = cursor ? all.filter((row) => isAfter(row, cursor)) : all;
  const shown = rest.slice(0, limit);
  const last = rest.length > limit ? shown.at(-1) : undefined;
  return {
    status: 200,
    body: { data: shown.map(toIntegration), nextCursor: last ? encodeRowCursor(last) : null },
  };
});

function isAfter(row: { createdAt: Date; id: string }, cursor: Cursor) {
  const ahead = row.createdAt.getTime() - cursorTime(cursor).getTime();
  return ahead > 0 || (ahead === 0 && row.id > cursor.id);
}

const create = apiRoute(operations.createIntegration, async ({ deps, caller, body }) => {
  const outcome = await createIntegration(deps, caller, {
    ...body,
    accountId: body.accountId ?? null,
    apiKey: body.apiKey ?? null,
    messagingServiceSid: body.messagingServiceSid ?? null,
    defaultCountry: body.defaultCountry ?? null,
    pacePerSecond: body.pacePerSecond ?? null,
    viewerIds: body.viewerIds ?? [],
  });
  if (outcome.kind !== "created") return { problem: integrationProblem(outcome) };
  const row = await findIntegration(deps.db, caller, outcome.id);
  if (!row) return { problem: notFound() };
  const check = { ...outcome.check, senders: undefined };
  return {
    status: 201,
    body: { ...toIntegration(row), check },
    headers: { location: `/api/v1/integrations/${row.id}` },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: create });
