import type { Database } from "../../db/client";
import type { DeliveryRow, NotificationRow } from "../../db/writes/notifications";
import { type OwedEvent, oweWebhooks } from "../../db/writes/owed-webhooks";
import type { WorkspaceId } from "../domain/workspace-id";

type Fated = { notification: NotificationRow; delivery: DeliveryRow };

/** Owes other systems what has become of notifications, one event a channel, in the caller's transaction. */
export async function oweFates(
  tx: Database,
  { workspaceId, fates }: { workspaceId: WorkspaceId; fates: readonly Fated[] },
): Promise<void> {
  await oweWebhooks(tx, { workspaceId, events: fates.map(fateEvent) });
}

/** A notification as the API shows it, with the one delivery of which something is told. */
export function fateEvent({ notification: row, delivery }: Fated): OwedEvent {
  return {
    type: `notification.${delivery.fate}`,
    occurredAt: delivery.decidedAt,
    data: {
      id: row.id,
      personId: row.personId,
      kind: row.kind,
      type: row.type,
      category: row.category,
      severity: row.severity,
      title: row.title,
      message: row.body,
      data: row.data,
      subject: row.subject,
      expiresAt: row.expiresAt,
      createdAt: row.createdAt,
      delivery: {
        channel: delivery.channel,
        insteadOf: delivery.insteadOf,
        status: delivery.fate,
        reason: delivery.reason,
        releaseAt: delivery.releaseAt,
        messageId: delivery.messageId,
      },
    },
  };
}
