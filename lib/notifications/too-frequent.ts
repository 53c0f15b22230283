import type { NotificationRules } from "../../db/queries/notification-rules";
import type { NotificationRow } from "../../db/writes/notifications";
import { frequencyWords, HIGH_FREQUENCY, isTooFrequent } from "../domain/deciding/high-frequency";
import { findRegistered } from "../domain/notification-types/registry";
import type { Intent } from "./raise-notifications";
import type { Recipient } from "./recipients";

/**
 * Counts an alert in its recipient's history. What tells them that alerts come too often; null: they do
 * not, or it was told already. Whoever asks holds the recipient's preferences, so that of any number of
 * alerts at the same moment one asks it with the limit reached.
 */
export function tooFrequent(
  alert: NotificationRow,
  recipient: Recipient,
  { frequency: limit, types }: Pick<NotificationRules, "frequency" | "types">,
): Intent | null {
  const recent = recipient.recentAlerts;
  if (alert.type === HIGH_FREQUENCY) {
    recipient.recentAlerts = { ...recent, isTold: true };
    return null;
  }
  recipient.recentAlerts = { ...recent, count: recent.count + 1 };
  const type = findRegistered(types, HIGH_FREQUENCY);
  if (!limit || !type || !isTooFrequent(recipient.recentAlerts, limit)) return null;
  recipient.recentAlerts = { ...recipient.recentAlerts, isTold: true };
  const severity = type.severities[0];
  const told = { count: recipient.recentAlerts.count, latest: alert.title };
  return {
    personId: recipient.personId,
    toAddress: null,
    kind: type.kind,
    type: type.key,
    category: type.category,
    severity,
    words: null,
    subject: null,
    data: {
      ...frequencyWords(told, limit, recipient.locale),
      severity,
      occurred_at: alert.createdAt.toISOString(),
    },
    channels: type.defaultChannels,
    isTimeSensitive: type.isTimeSensitive,
    sendsImmediately: false,
    isOvertaken: false,
    expiresAt: null,
  };
}
