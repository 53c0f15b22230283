import { findNotification, type NotificationWithDeliveries } from "../../db/queries/notifications";
import { findKeptOf, markImmediate } from "../../db/writes/notifications";
import { lockPreferences } from "../../db/writes/preferences";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import { tellHandedOver } from "./hand-over";
import { type LetGo, letGo } from "./let-go";
import { readRecipients } from "./recipients";
import { ringBells } from "./ring-bells";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;
type Held = { workspaceId: WorkspaceId; personId: string; notificationId: string };

/**
 * A person wants what is kept of a notification now: it passes hours and gathering, as one that is raised
 * to be sent immediately. Address, sender, consent, choices and the cap are asked again and may refuse or
 * keep it. What has left already leaves no second time.
 *
 * @returns the notification with its fates as they are then; null: it is none of this person's
 */
export async function sendHeld(
  deps: Needs,
  held: Held,
): Promise<NotificationWithDeliveries | null> {
  const { workspaceId, personId, notificationId } = held;
  let left: LetGo = { settled: [], outcomes: [] };
  await deps.db.transaction(async (tx) => {
    const personIds = [personId];
    const now = deps.clock.now();
    const preferences = await lockPreferences(tx, { workspaceId, personIds, now });
    const at = deps.clock.now();
    const kept = await findKeptOf(tx, held);
    if (kept.length === 0) return;
    await markImmediate(tx, held);
    const types = kept.map(({ notification }) => notification.type);
    const read = await readRecipients(tx, { workspaceId, personIds, types, preferences, at });
    const recipient = read.recipients.get(personId);
    if (!recipient) return;
    // It leaves alone: what it was gathered with waits on.
    const own = kept.map(({ delivery, notification }) => ({
      delivery: { ...delivery, digestId: null },
      notification: { ...notification, sendsImmediately: true },
    }));
    const groups = [{ digestId: null, kept: own }];
    left = await letGo(deps, tx, { workspaceId, groups, recipient, rules: read.rules, at });
  });
  ringBells(deps, workspaceId, left.settled);
  await tellHandedOver(deps, left.outcomes);
  return findNotification(deps.db, { workspaceId, personId, id: notificationId });
}
