import { apiRoute, invalid, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { deleteTemplate } from "@/lib/templates/delete-template";
import { findTemplate, type KnownTemplate } from "@/lib/templates/find-template";
import { updateTemplate } from "@/lib/templates/update-template";
import { templateProblem, toVariables } from "../answers";
import * as operations from "../schema";
import { withUsage } from "../usage";

const read = apiRoute(operations.getTemplate, async (context) => {
  const { deps, caller, params } = context;
  const { workspaceId } = caller;
  const found = await findTemplate(deps.db, { workspaceId, id: params.id });
  const [body] = found ? await withUsage(context, [found]) : [];
  return body ? { status: 200, body } : { problem: notFound() };
});

const update = apiRoute(operations.updateTemplate, async (context) => {
  const { deps, caller, params, body } = context;
  const { workspaceId } = caller;
  const found = await findTemplate(deps.db, { workspaceId, id: params.id });
  if (!found) return { problem: notFound() };
  const { event, channel, locale, version, variables, ...changes } = body;
  const moved = findMoved(found, { event, channel, locale });
  if (moved) return { problem: invalid([moved], "place_is_fixed") };
  const outcome = await updateTemplate(deps, caller, {
    id: params.id,
    changes: { ...changes, variables: toVariables(variables) },
    seenVersion: version ?? null,
  });
  if (outcome.kind !== "saved") return { problem: templateProblem(outcome) };
  const [answer] = await withUsage(context, [outcome.template]);
  return answer ? { status: 200, body: answer } : { problem: notFound() };
});

type Place = Partial<Pick<KnownTemplate, "event" | "channel" | "locale">>;

function findMoved(found: KnownTemplate, place: Place) {
  for (const path of ["event", "channel", "locale"] as const) {
    if (place[path] === undefined || place[path] === found[path]) continue;
    return { path, message: `Stays ${found[path]}: write another template instead` };
  }
  return null;
}

const remove = apiRoute(operations.deleteTemplate, async ({ deps, caller, params }) => {
  const outcome = await deleteTemplate(deps, caller, { id: params.id });
  return outcome.kind === "deleted" ? { status: 204 } : { problem: templateProblem(outcome) };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: read,
  PUT: update,
  DELETE: remove,
});
