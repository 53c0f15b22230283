import { deleteSession, deleteSessionsOfUser } from "../../db/writes/sessions";
import type { Deps } from "../ports/deps";

/** Ends one browser's session; its live streams close. A session that is gone already is no error. */
export async function signOut(
  deps: Pick<Deps, "db" | "realtime">,
  input: { sessionId: string },
): Promise<void> {
  const userId = await deleteSession(deps.db, input.sessionId);
  if (userId) deps.realtime.announce([{ kind: "access", userId }]);
}

/**
 * Ends every session of a user at once, their live streams too.
 *
 * @returns how many browsers were signed out.
 */
export async function signOutEverywhere(
  deps: Pick<Deps, "db" | "realtime">,
  input: { userId: string; exceptSessionId?: string },
): Promise<number> {
  const count = await deleteSessionsOfUser(deps.db, input);
  deps.realtime.announce([{ kind: "access", userId: input.userId }]);
  return count;
}
