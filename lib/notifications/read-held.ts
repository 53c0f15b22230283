import { findNotification, type NotificationWithDeliveries } from "../../db/queries/notifications";
import { findKeptOf, markRead, settleDeliveries } from "../../db/writes/notifications";
import { lockPreferences } from "../../db/writes/preferences";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";

type Held = { workspaceId: WorkspaceId; personId: string; notificationId: string };

/**
 * A person has read what is kept for later, so that it need not come any more: its fate is `expired`,
 * reason `read_before_release`, and its decisions stay.
 *
 * @returns the notification with its fates as they are then; null: it is none of this person's
 */
export async function readHeld(
  deps: Pick<Deps, "db" | "clock" | "realtime">,
  held: Held,
): Promise<NotificationWithDeliveries | null> {
  const { workspaceId, personId, notificationId } = held;
  const read = await deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    await lockPreferences(tx, { workspaceId, personIds: [personId], now });
    const at = deps.clock.now();
    const kept = await findKeptOf(tx, held);
    const end = {
      fate: "expired",
      reason: "read_before_release",
      gate: null,
      releaseAt: null,
      passed: [],
    } as const;
    const rows = kept.map(({ delivery }) => ({
      ...delivery,
      ...{ fate: end.fate, reason: end.reason, releaseAt: null, decidedAt: at },
      decisions: [...delivery.decisions, { ...end, at: at.toISOString() }],
    }));
    await settleDeliveries(tx, workspaceId, rows);
    return markRead(tx, { workspaceId, personId, ids: [notificationId], at });
  });
  if (read > 0) deps.realtime.announce([{ kind: "bell", workspaceId, personId }]);
  return findNotification(deps.db, { workspaceId, personId, id: notificationId });
}
