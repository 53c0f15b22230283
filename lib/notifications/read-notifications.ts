import { markRead } from "../../db/writes/notifications";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

type Reading = {
  workspaceId: WorkspaceId;
  personId: string;
  /** null: all that there are. */
  ids: readonly string[] | null;
};

/** A person has seen notifications of theirs; every screen of theirs counts anew. Others' are left alone. */
export async function readNotifications(
  deps: Pick<Deps, "db" | "clock" | "realtime">,
  { workspaceId, personId, ids }: Reading,
): Promise<void> {
  const read = await markRead(deps.db, { workspaceId, personId, ids, at: deps.clock.now() });
  if (read > 0) deps.realtime.announce([{ kind: "bell", workspaceId, personId }]);
}
