import { and, asc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { CANCELABLE } from "../../lib/domain/message-status";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { deliveries, messages, notifications } from "../schema";
import type { KeptDelivery } from "./notifications";
import type { SubjectRef } from "./subjects";

type Search = {
  workspaceId: WorkspaceId;
  subject: SubjectRef;
  /** Keys of notification types; null: all that remind. */
  types: readonly string[] | null;
};

/**
 * What was to be told of a subject and has not left: kept by a gate, or in the outbox by itself. The
 * caller holds the preferences of those whom it concerns before it changes anything.
 */
export async function findAwaiting(
  tx: Database,
  { workspaceId, subject, types }: Search,
): Promise<KeptDelivery[]> {
  if (types?.length === 0) return [];
  return tx
    .select({ delivery: deliveries, notification: notifications })
    .from(notifications)
    .innerJoin(deliveries, eq(deliveries.notificationId, notifications.id))
    .leftJoin(
      messages,
      and(
        eq(messages.id, deliveries.messageId),
        eq(messages.notificationId, notifications.id),
        inArray(messages.status, [...CANCELABLE]),
      ),
    )
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        isNotNull(notifications.subject),
        sql`${notifications.subject} ->> 'type' = ${subject.type}`,
        sql`${notifications.subject} ->> 'id' = ${subject.id}`,
        types === null
          ? eq(notifications.kind, "reminder")
          : inArray(notifications.type, [...types]),
        or(isNotNull(deliveries.releaseAt), isNotNull(messages.id)),
      ),
    )
    .orderBy(asc(deliveries.id));
}
