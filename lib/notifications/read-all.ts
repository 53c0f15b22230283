import { markAllRead } from "../../db/writes/notifications";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

/** A person has seen all their notifications. */
export async function readAll(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, personId }: { workspaceId: WorkspaceId; personId: string },
): Promise<void> {
  await markAllRead(deps.db, { workspaceId, personId, at: deps.clock.now() });
}
