import type { Database } from "../../db/client";
import { insertAudit, resolveAlertsOf } from "../../db/writes/audit";
import {
  type EndpointRow,
  lockEndpoint,
  updateEndpointRow,
} from "../../db/writes/webhook-endpoints";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import type { NewEndpoint } from "./create-endpoint";

/** Only the fields that are given change. */
export type EndpointChanges = Partial<NewEndpoint> & { isActive?: boolean };

export type UpdateEndpointOutcome =
  | { kind: "updated" }
  | { kind: "not_found" }
  | { kind: "url_refused"; message: string };

/**
 * Changes an endpoint. One that is enabled again begins anew, as if it had never failed, and is sent at
 * once what it is still owed; what happened while it was disabled it is not told.
 */
export async function updateEndpoint(
  deps: Pick<Deps, "db" | "clock" | "jobs" | "webhooks">,
  by: Administrator,
  { id, changes }: { id: string; changes: EndpointChanges },
): Promise<UpdateEndpointOutcome> {
  if (changes.url !== undefined) {
    const checked = await deps.webhooks.checkUrl(changes.url);
    if (!checked.ok) return { kind: "url_refused", message: checked.reason };
  }
  const at = deps.clock.now();
  const found = await deps.db.transaction(async (tx) => {
    const row = await lockEndpoint(tx, { workspaceId: by.workspaceId, id });
    if (row) await store(tx, { by, row, changes, at });
    return row;
  });
  if (!found) return { kind: "not_found" };
  if (changes.isActive) await deps.jobs.ring([{ kind: "webhooks", at }]);
  return { kind: "updated" };
}

type Change = { by: Administrator; row: EndpointRow; changes: EndpointChanges; at: Date };

async function store(tx: Database, { by, row, changes, at }: Change) {
  const { workspaceId, actor } = by;
  const which = { workspaceId, id: row.id };
  await updateEndpointRow(tx, which, { ...changes, ...switched(row, changes, at), updatedAt: at });
  if (changes.isActive) await resolveAlertsOf(tx, { workspaceId, targetId: row.id, at });
  const target = { type: "webhook_endpoint", id: row.id };
  const action = "webhook_endpoint.updated";
  await insertAudit(tx, { workspaceId, at, actor, action, target, data: changes });
}

function switched({ isActive }: EndpointRow, changes: EndpointChanges, at: Date) {
  if (changes.isActive === undefined || changes.isActive === isActive) return {};
  return changes.isActive
    ? { disabledAt: null, disabledReason: null, failingSince: null }
    : { disabledAt: at, disabledReason: "by_person" as const };
}
