import { findTemplatedEvents } from "@/db/queries/templates";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { declaredVariables } from "@/lib/http/type-fields";
import { readTypes } from "@/lib/notifications/read-types";
import { createType } from "@/lib/notifications/save-type";
import { toType, typeProblem } from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listNotificationTypes, async ({ deps, caller }) => {
  const types = await readTypes(deps.db, caller.workspaceId);
  const templated = await findTemplatedEvents(deps.db, caller.workspaceId);
  const data = types.map((type) => toType(type, templated));
  return { status: 200, body: { data, nextCursor: null } };
});

const create = apiRoute(operations.createNotificationType, async ({ deps, caller, body }) => {
  const variables = declaredVariables(body.variables);
  const outcome = await createType(deps, caller, { ...body, variables });
  if (outcome.kind !== "saved") return { problem: typeProblem(outcome) };
  const headers = { location: `/api/v1/notification-types/${outcome.type.key}` };
  return { status: 201, body: toType(outcome.type, new Set()), headers };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: create });
