import { findMessages, listTimeline } from "@/db/queries/messages";
import { apiRoute, notFound } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { toMessage } from "../answers";
import * as operations from "../schema";

const read = apiRoute(operations.getMessage, async ({ deps, caller, params }) => {
  const [found] = await findMessages(deps.db, caller, [params.id]);
  if (!found) return { problem: notFound() };
  const entries = await listTimeline(deps.db, caller, params.id);
  const timeline = entries.map((entry) => ({ ...entry, at: entry.at.toISOString() }));
  return { status: 200, body: { ...toMessage(found), timeline } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: read });
