import { revokeApiKeyRow } from "../../db/writes/api-keys";
import { insertAudit } from "../../db/writes/audit";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

/** Ends a key: the next call with it is refused. */
export async function revokeApiKey(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  input: { id: string },
): Promise<{ kind: "revoked" } | { kind: "not_found" }> {
  const at = deps.clock.now();
  const { workspaceId, actor } = by;
  return deps.db.transaction(async (tx) => {
    const name = await revokeApiKeyRow(tx, { workspaceId, id: input.id, at });
    if (name === null) return { kind: "not_found" };
    const target = { type: "api_key", id: input.id };
    const action = "api_key.revoked";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data: { name } });
    return { kind: "revoked" };
  });
}
