import { insertAudit } from "../../db/writes/audit";
import { replayWebhooks } from "../../db/writes/owed-webhooks";
import { lockEndpoint } from "../../db/writes/webhook-endpoints";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

export type ReplayOutcome =
  /** `count`: how many are on their way again. */
  { kind: "replayed"; count: number } | { kind: "not_found" } | { kind: "endpoint_disabled" };

/** One event, or all that were given up and happened since a moment. */
type Which = { deliveryId: string } | { failedSince: Date };

/** Sends events again that were delivered or given up, each under its own `webhook-id`. */
export async function replayEvents(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, actor }: Administrator,
  { endpointId, which }: { endpointId: string; which: Which },
): Promise<ReplayOutcome> {
  const at = deps.clock.now();
  return deps.db.transaction(async (tx): Promise<ReplayOutcome> => {
    const endpoint = await lockEndpoint(tx, { workspaceId, id: endpointId });
    if (!endpoint) return { kind: "not_found" };
    if (!endpoint.isActive) return { kind: "endpoint_disabled" };
    const count = await replayWebhooks(tx, { workspaceId, endpointId, at, ...which });
    const target = { type: "webhook_endpoint", id: endpointId };
    const action = "webhook_endpoint.replayed";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data: { ...which, count } });
    return { kind: "replayed", count };
  });
}
