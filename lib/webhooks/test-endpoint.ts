import { findEndpoint } from "../../db/queries/webhooks";
import { oweTest } from "../../db/writes/owed-webhooks";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

export type TestEndpointOutcome =
  /** `id`: the `webhook-id` under which it is on its way. */
  { kind: "owed"; id: string } | { kind: "not_found" } | { kind: "endpoint_disabled" };

/** Owes an endpoint a `webhook.test`, which leaves as any other event does. */
export async function testEndpoint(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId }: { workspaceId: WorkspaceId },
  { id }: { id: string },
): Promise<TestEndpointOutcome> {
  const at = deps.clock.now();
  const owed = await oweTest(deps.db, { workspaceId, endpointId: id, at });
  if (owed !== null) return { kind: "owed", id: owed };
  const found = await findEndpoint(deps.db, { workspaceId, id });
  return { kind: found ? "endpoint_disabled" : "not_found" };
}
