import { insertAudit } from "../../db/writes/audit";
import { askHoursAgain } from "../../db/writes/notifications";
import { updateWorkspaceRow } from "../../db/writes/users";
import type { ApiLimits } from "../domain/api-limits";
import type { WeeklyHours } from "../domain/deciding/weekly-hours";
import { given } from "../domain/given";
import type { Administrator } from "../domain/viewer";
import type { Deps } from "../ports/deps";

/** A field that is left out stays as it is. */
export type NotificationSettings = {
  /** IANA name: the workspace's. */
  readonly timeZone?: string | undefined;
  /** Empty: at any hour. */
  readonly workingHours?: WeeklyHours[] | undefined;
  readonly demandsVerified?: boolean | undefined;
  /** Seconds; 0: nothing is gathered. */
  readonly aggregationSeconds?: number | undefined;
  readonly apiLimits?: ApiLimits | undefined;
  readonly highFrequency?: { isOn: boolean; alerts: number; seconds: number } | undefined;
};

/**
 * Changes what holds for the notifications of all; it is written down who did. What the old working hours
 * keep is asked again by the next look of the digests, so that wider hours hold at once.
 */
export async function saveNotificationSettings(
  deps: Pick<Deps, "db" | "clock">,
  by: Administrator,
  { highFrequency, apiLimits, ...changes }: NotificationSettings,
): Promise<void> {
  const { workspaceId, actor } = by;
  const frequency = highFrequency && {
    watchesFrequency: highFrequency.isOn,
    frequencyAlerts: highFrequency.alerts,
    frequencySeconds: highFrequency.seconds,
  };
  const limits = apiLimits && {
    apiPerMinute: apiLimits.perMinute,
    apiPerRecipientHour: apiLimits.perRecipientHour,
    apiPerRecipientDay: apiLimits.perRecipientDay,
  };
  const values = given({ ...changes, ...frequency, ...limits });
  if (Object.keys(values).length === 0) return;
  const at = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    await updateWorkspaceRow(tx, workspaceId, values);
    if (changes.workingHours || changes.timeZone) await askHoursAgain(tx, { workspaceId, at });
    const target = { type: "workspace", id: workspaceId };
    const action = "notification_settings.changed";
    await insertAudit(tx, { workspaceId, at, actor, action, target, data: values });
  });
}
