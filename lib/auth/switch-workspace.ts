import { listHomesOfUser } from "../../db/queries/system/users";
import { moveSession } from "../../db/writes/sessions";
import type { Deps } from "../ports/deps";

export type SwitchOutcome = { kind: "switched"; slug: string } | { kind: "not_found" };

/** Puts another of the person's workspaces on the screen of this browser. */
export async function switchWorkspace(
  deps: Pick<Deps, "db" | "realtime">,
  input: { sessionId: string; userId: string; workspaceId: string },
): Promise<SwitchOutcome> {
  const homes = await listHomesOfUser(deps.db, input.userId);
  const home = homes.find(({ workspaceId }) => workspaceId === input.workspaceId);
  if (!home) return { kind: "not_found" };
  const { sessionId, userId } = input;
  const isMoved = await moveSession(deps.db, { sessionId, userId, workspaceId: home.workspaceId });
  if (!isMoved) return { kind: "not_found" };
  deps.realtime.announce([{ kind: "access", userId }]);
  return { kind: "switched", slug: home.slug };
}
