import { insertAudit, resolveAlertRow } from "../../db/writes/audit";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

/** An administrator says that a fault is mended; it is raised afresh if it was not. */
export async function resolveAlert(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  input: { id: string },
): Promise<{ kind: "resolved" } | { kind: "not_found" }> {
  const at = deps.clock.now();
  const { workspaceId, actor } = by;
  return deps.db.transaction(async (tx) => {
    if (!(await resolveAlertRow(tx, { workspaceId, id: input.id, at }))) {
      return { kind: "not_found" };
    }
    const target = { type: "admin_alert", id: input.id };
    await insertAudit(tx, { workspaceId, at, actor, action: "alert.resolved", target });
    return { kind: "resolved" };
  });
}
