import { findNotification } from "../../db/queries/notifications";
import { lockPreferences, putPreferences } from "../../db/writes/preferences";
import { type MuteSpan, muteType } from "../domain/deciding/preferences";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

type Muting = {
  workspaceId: WorkspaceId;
  personId: string;
  notificationId: string;
  span: MuteSpan;
};

/**
 * Notifications of the same type as this one are refused for a while. What is kept of that type is
 * decided when its time comes.
 *
 * @returns the type and until when, ISO 8601; null: the notification is none of this person's
 */
export async function muteHeldType(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, personId, notificationId, span }: Muting,
): Promise<{ type: string; until: string } | null> {
  const found = await findNotification(deps.db, { workspaceId, personId, id: notificationId });
  if (!found) return null;
  const { type } = found;
  return deps.db.transaction(async (tx) => {
    const at = deps.clock.now();
    const locked = await lockPreferences(tx, { workspaceId, personIds: [personId], now: at });
    const before = locked.get(personId);
    if (!before) throw new Error("a locked row is returned");
    const preferences = muteType(before, { type, span, at });
    await putPreferences(tx, { workspaceId, personId, preferences, at });
    return { type, until: preferences.mutedTypes[type] ?? "" };
  });
}
