import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { readFigures } from "@/lib/operations/read-figures";
import { toStats } from "../answers";
import * as operations from "../schema";

const get = apiRoute(operations.getStats, async ({ deps, caller, query }) => {
  const { workspaceId } = caller;
  const { period, channel = null, integrationId = null } = query;
  const figures = await readFigures(deps, { workspaceId, period, channel, integrationId });
  return { status: 200, body: toStats(figures) };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: get });
