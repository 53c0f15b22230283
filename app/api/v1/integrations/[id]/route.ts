import { findIntegration } from "@/db/queries/integrations";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { deleteIntegration } from "@/lib/integrations/delete-integration";
import { updateIntegration } from "@/lib/integrations/update-integration";
import { integrationProblem, toIntegration } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getIntegration, async ({ deps, caller, params }) => {
  const row = await findIntegration(deps.db, caller, params.id);
  return row ? { status: 200, body: toIntegration(row) } : { problem: notFound() };
});

const update = apiRoute(operations.updateIntegration, async ({ deps, caller, params, body }) => {
  const outcome = await updateIntegration(deps, caller, { id: params.id, changes: body });
  if (outcome.kind !== "updated") return { problem: integrationProblem(outcome) };
  const row = await findIntegration(deps.db, caller, params.id);
  return row ? { status: 200, body: toIntegration(row) } : { problem: notFound() };
});

const remove = apiRoute(operations.deleteIntegration, async ({ deps, caller, params }) => {
  const outcome = await deleteIntegration(deps, caller, { id: params.id });
  return outcome.kind === "deleted" ? { status: 204 } : { problem: integrationProblem(outcome) };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: read,
  PATCH: update,
  DELETE: remove,
});
