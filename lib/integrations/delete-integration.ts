import { findAccountOfIntegration, hasConversations } from "../../db/queries/integrations";
import { insertAudit } from "../../db/writes/audit";
import {
  lockWorkspaceSenders,
  promoteDefault,
  updateIntegrationRow,
} from "../../db/writes/integrations";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";
import { announceAccess } from "./announce-access";

export type DeleteIntegrationOutcome =
  | { kind: "deleted" }
  | { kind: "not_found" }
  /** Conversations hang on it: deactivate it instead, so that their history stays readable. */
  | { kind: "has_messages" }
  | { kind: "is_system" };

/** Takes away a sender that was never used; the row is kept, marked. */
export async function deleteIntegration(
  deps: Pick<Deps, "db" | "clock" | "realtime">,
  by: Administrator,
  input: { id: string },
): Promise<DeleteIntegrationOutcome> {
  const { workspaceId, actor } = by;
  const { id } = input;
  const at = deps.clock.now();
  const outcome = await deps.db.transaction(async (tx): Promise<DeleteIntegrationOutcome> => {
    await lockWorkspaceSenders(tx, workspaceId);
    const found = await findAccountOfIntegration(tx, { workspaceId, integrationId: id });
    if (!found) return { kind: "not_found" };
    if (found.account.isSystem) return { kind: "is_system" };
    if (await hasConversations(tx, { workspaceId, integrationId: id })) {
      return { kind: "has_messages" };
    }
    const gone = { isActive: false, isDefault: false, deletedAt: at, updatedAt: at };
    await updateIntegrationRow(tx, { workspaceId, id }, gone);
    const { type, isDefault, sender, name } = found.integration;
    if (isDefault) await promoteDefault(tx, { workspaceId, type });
    const target = { type: "integration", id };
    const data = { name, sender };
    await insertAudit(tx, { workspaceId, at, actor, action: "integration.deleted", target, data });
    return { kind: "deleted" };
  });
  if (outcome.kind === "deleted") await announceAccess(deps, workspaceId);
  return outcome;
}
