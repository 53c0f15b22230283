import { insertAudit, resolveAlertsOf } from "../../db/writes/audit";
import { deleteEndpointRow } from "../../db/writes/webhook-endpoints";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

/** Takes an endpoint away, with what it is still owed. */
export async function deleteEndpoint(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, actor }: Administrator,
  { id }: { id: string },
): Promise<{ kind: "deleted" | "not_found" }> {
  const at = deps.clock.now();
  return deps.db.transaction(async (tx) => {
    const url = await deleteEndpointRow(tx, { workspaceId, id });
    if (url === null) return { kind: "not_found" };
    await resolveAlertsOf(tx, { workspaceId, targetId: id, at });
    const target = { type: "webhook_endpoint", id };
    const action = "webhook_endpoint.deleted";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data: { url } });
    return { kind: "deleted" };
  });
}
