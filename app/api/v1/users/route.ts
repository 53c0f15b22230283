import { cursorTime, encodeRowCursor } from "@/db/queries/cursor";
import { findMember, listMembers } from "@/db/queries/users";
import { addUser } from "@/lib/auth/add-user";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { toUser, userProblem } from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listUsers, async ({ deps, caller, query }) => {
  const { limit, cursor } = query;
  const after = cursor ? { createdAt: cursorTime(cursor), id: cursor.id } : undefined;
  const rows = await listMembers(deps.db, caller.workspaceId, { limit: limit + 1, after });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    status: 200,
    body: { data: shown.map(toUser), nextCursor: last ? encodeRowCursor(last) : null },
  };
});

const create = apiRoute(operations.createUser, async ({ deps, caller, body }) => {
  const outcome = await addUser(deps, caller, body);
  if (outcome.kind !== "created") return { problem: userProblem(outcome) };
  const member = await findMember(deps.db, caller.workspaceId, outcome.userId);
  if (!member) return { problem: notFound() };
  return {
    status: 201,
    body: { ...toUser(member), passwordLink: outcome.link },
    headers: { location: `/api/v1/users/${member.id}` },
  };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: create });
