import type { Database } from "../../db/client";
import { resolveAlertsOf } from "../../db/writes/audit";
import { resumeAccount, resumeIntegration } from "../../db/writes/stops";
import type { WorkspaceId } from "../domain/workspace-id";

type Mended = {
  workspaceId: WorkspaceId;
  /** null: only the sender was mended. */
  accountId: string | null;
  /** null: only the account was mended. */
  integrationId: string | null;
  at: Date;
};

/**
 * What had stopped an account or a sender is mended: new messages leave again, in the caller's
 * transaction. Those that waited stay paused until an administrator says what becomes of them
 * (`releasePaused`): they may be hours old.
 */
export async function resumeSending(
  tx: Database,
  { workspaceId, accountId, integrationId, at }: Mended,
): Promise<void> {
  if (accountId) {
    await resumeAccount(tx, { workspaceId, id: accountId, at });
    await resolveAlertsOf(tx, { workspaceId, targetId: accountId, at });
  }
  if (integrationId) {
    await resumeIntegration(tx, { workspaceId, id: integrationId, at });
    await resolveAlertsOf(tx, { workspaceId, targetId: integrationId, at });
  }
}
