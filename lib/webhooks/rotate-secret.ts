import { insertAudit } from "../../db/writes/audit";
import { lockEndpoint, updateEndpointRow } from "../../db/writes/webhook-endpoints";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { newSecret } from "./new-secret";

/** In which everything is signed with both. */
const OVERLAP_MS = 24 * 3_600_000;

export type RotateSecretOutcome =
  /** `secret` is shown now and never again. The old one signs beside it until `previousUntil`. */
  { kind: "rotated"; secret: string; previousUntil: Date } | { kind: "not_found" };

/** Gives an endpoint a new secret; the one before holds for another day, and the one before that not. */
export async function rotateSecret(
  deps: Pick<Deps, "db" | "clock" | "chance" | "cipher">,
  { workspaceId, actor }: Administrator,
  { id }: { id: string },
): Promise<RotateSecretOutcome> {
  const at = deps.clock.now();
  const previousUntil = new Date(at.getTime() + OVERLAP_MS);
  const { secret, secretSealed } = newSecret(deps);
  return deps.db.transaction(async (tx): Promise<RotateSecretOutcome> => {
    const row = await lockEndpoint(tx, { workspaceId, id });
    if (!row) return { kind: "not_found" };
    const previousSecretSealed = row.secretSealed;
    const set = { secretSealed, previousSecretSealed, previousUntil, updatedAt: at };
    await updateEndpointRow(tx, { workspaceId, id }, set);
    const target = { type: "webhook_endpoint", id };
    const action = "webhook_endpoint.secret_rotated";
    await insertAudit(tx, { workspaceId, at, actor, action, target });
    return { kind: "rotated", secret, previousUntil };
  });
}
