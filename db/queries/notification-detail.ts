import type { Database } from "../client";
import type { Whose } from "./notification-filter";
import { findTrails, type Trail } from "./notification-trail";
import { findNotification, type NotificationWithDeliveries } from "./notifications";

type DeliveryOf = NotificationWithDeliveries["deliveries"][number];

export type NotificationDetail = Omit<NotificationWithDeliveries, "deliveries"> & {
  /** Each with its messages: the one it is, after those that came to nothing. */
  deliveries: (DeliveryOf & { trails: Trail[] })[];
};

/** One notification with all that was decided and all that was tried; null: not there, or not theirs. */
export async function findNotificationDetail(
  db: Database,
  whose: Whose & { id: string },
): Promise<NotificationDetail | null> {
  const found = await findNotification(db, whose);
  if (!found) return null;
  const { workspaceId } = whose;
  const messageIds = [...new Set(found.deliveries.flatMap(messagesOf))];
  const trails = await findTrails(db, { workspaceId, messageIds });
  const deliveries = found.deliveries.map((delivery) => {
    const own = messagesOf(delivery);
    return { ...delivery, trails: trails.filter(({ message }) => own.includes(message.id)) };
  });
  return { ...found, deliveries };
}

function messagesOf({ messageId, decisions }: DeliveryOf): string[] {
  const before = decisions.flatMap(({ resent }) => resent?.messageId ?? []);
  return messageId === null ? before : [...before, messageId];
}
