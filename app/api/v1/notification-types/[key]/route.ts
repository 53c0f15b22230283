import { findTemplatedEvents } from "@/db/queries/templates";
import { findRegistered } from "@/lib/domain/notification-types/registry";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { declaredVariables } from "@/lib/http/type-fields";
import { readTypes } from "@/lib/notifications/read-types";
import { changeType, removeType } from "@/lib/notifications/save-type";
import { toType, typeProblem } from "../answers";
import * as operations from "../schema";

const get = apiRoute(operations.getNotificationType, async ({ deps, caller, params }) => {
  const type = findRegistered(await readTypes(deps.db, caller.workspaceId), params.key);
  if (!type) return { problem: notFound() };
  const templated = await findTemplatedEvents(deps.db, caller.workspaceId);
  return { status: 200, body: toType(type, templated) };
});

const save = apiRoute(operations.saveNotificationType, async ({ deps, caller, params, body }) => {
  const variables = body.variables && declaredVariables(body.variables);
  const changes = { ...body, variables };
  const outcome = await changeType(deps, caller, { key: params.key, changes });
  if (outcome.kind !== "saved") return { problem: typeProblem(outcome) };
  const templated = await findTemplatedEvents(deps.db, caller.workspaceId);
  return { status: 200, body: toType(outcome.type, templated) };
});

const remove = apiRoute(operations.deleteNotificationType, async ({ deps, caller, params }) => {
  const outcome = await removeType(deps, caller, params.key);
  return outcome.kind === "removed" ? { status: 204 } : { problem: notFound() };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get, PUT: save, DELETE: remove });
