import { listMemberIds } from "../../db/writes/integrations";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

/** Who may see which number has changed: everybody's live streams close and come back as they may. */
export async function announceAccess(
  deps: Pick<Deps, "db" | "realtime">,
  workspaceId: WorkspaceId,
): Promise<void> {
  const userIds = await listMemberIds(deps.db, workspaceId);
  deps.realtime.announce(userIds.map((userId) => ({ kind: "access" as const, userId })));
}
