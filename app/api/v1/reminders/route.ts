import { listReminders } from "@/db/queries/reminders";
import { hasRole } from "@/lib/domain/words";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { ownPerson } from "../preferences/answers";
import { toReminder } from "./answers";
import * as operations from "./schema";

const list = apiRoute(operations.listReminders, async ({ query, ...context }) => {
  const { deps, caller } = context;
  const { cursor, limit, ...filter } = query;
  const personId = hasRole(caller.role, "agent") ? "all" : await ownPerson(context);
  if (personId === null) return { status: 200, body: { data: [], nextCursor: null } };
  const { workspaceId } = caller;
  const page = await listReminders(deps.db, { workspaceId, personId, filter, cursor, limit });
  const data = page.reminders.map(toReminder);
  return { status: 200, body: { data, nextCursor: page.nextCursor } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list });
