import { insertAudit } from "../../db/writes/audit";
import { insertEndpoint } from "../../db/writes/webhook-endpoints";
import type { Administrator } from "../domain/viewer";
import type { WebhookEvent } from "../domain/webhooks/events";
import type { Deps } from "../ports/deps";
import { newSecret } from "./new-secret";

export type NewEndpoint = {
  url: string;
  description: string;
  /** Empty: all. */
  events: WebhookEvent[];
};

export type CreateEndpointOutcome =
  /** `secret` is shown now and never again: it is kept sealed. */
  | { kind: "created"; id: string; secret: string }
  /** `message`: what is wrong with it, such as "leads into a private network". */
  | { kind: "url_refused"; message: string }
  | { kind: "too_many_endpoints" };

/** Tells another system what happens from now on. */
export async function createEndpoint(
  deps: Pick<Deps, "db" | "clock" | "chance" | "cipher" | "webhooks">,
  by: Administrator,
  { url, description, events }: NewEndpoint,
): Promise<CreateEndpointOutcome> {
  const checked = await deps.webhooks.checkUrl(url);
  if (!checked.ok) return { kind: "url_refused", message: checked.reason };
  const { workspaceId, actor } = by;
  const id = deps.chance.uuid();
  const at = deps.clock.now();
  const { secret, secretSealed } = newSecret(deps);
  return deps.db.transaction(async (tx): Promise<CreateEndpointOutcome> => {
    const row = { id, workspaceId, url, description, events, secretSealed };
    const isStored = await insertEndpoint(tx, { ...row, createdAt: at, updatedAt: at });
    if (!isStored) return { kind: "too_many_endpoints" };
    const target = { type: "webhook_endpoint", id };
    const data = { url, description, events };
    const action = "webhook_endpoint.created";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data });
    return { kind: "created", id, secret };
  });
}
