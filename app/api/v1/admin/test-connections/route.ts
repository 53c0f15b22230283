import { listIntegrations } from "@/db/queries/integrations";
import { describeDatabase } from "@/db/queries/system/database";
import { apiRoute } from "@/lib/http/api";
import { methods } from "@/lib/http/methods";
import { testConnections } from "@/lib/operations/test-connections";
import { toConnection } from "../answers";
import * as operations from "../schema";

const list = apiRoute(operations.listConnections, async ({ deps, caller }) => {
  const database = await describeDatabase(deps.db);
  const rows = await listIntegrations(deps.db, caller);
  return { status: 200, body: { database, senders: rows.map(toConnection) } };
});

const test = apiRoute(operations.testConnections, async ({ deps, caller }) => {
  const { database, senders } = await testConnections(deps, caller);
  const tested = senders.flatMap(({ integration, check, milliseconds }) => {
    if (!check) return [];
    const { ok } = check;
    const said = check.ok ? { fault: null, message: null } : check;
    const { fault, message } = said;
    return [{ ...toConnection(integration), ok, fault, message, milliseconds }];
  });
  return { status: 200, body: { database, senders: tested } };
});

export const { GET, POST, PUT, PATCH, DELETE } = methods({ GET: list, POST: test });
