import { findMember } from "@/db/queries/users";
import { deactivateUser } from "@/lib/auth/deactivate-user";
import { updateUser } from "@/lib/auth/update-user";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { toUser, userProblem } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getUser, async ({ deps, caller, params }) => {
  const member = await findMember(deps.db, caller.workspaceId, params.id);
  return member ? { status: 200, body: toUser(member) } : { problem: notFound() };
});

const update = apiRoute(operations.updateUser, async ({ deps, caller, params, body }) => {
  const member = await findMember(deps.db, caller.workspaceId, params.id);
  if (!member) return { problem: notFound() };
  const given = { userId: member.id, isActiveNow: member.isActive, changes: body };
  const outcome = await updateUser(deps, caller, given);
  if (outcome.kind !== "updated") return { problem: userProblem(outcome) };
  const changed = await findMember(deps.db, caller.workspaceId, params.id);
  return changed ? { status: 200, body: toUser(changed) } : { problem: notFound() };
});

const remove = apiRoute(operations.deleteUser, async ({ deps, caller, params }) => {
  const outcome = await deactivateUser(deps, caller, { userId: params.id });
  return outcome.kind === "deactivated" ? { status: 204 } : { problem: userProblem(outcome) };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({
  GET: read,
  PATCH: update,
  DELETE: remove,
});
