import { and, eq, exists, gte, ilike, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { NotificationChannel, Severity } from "../../lib/domain/deciding/words";
import { FATES } from "../../lib/domain/deciding/words";
import { type DeliveryState, statusesIn } from "../../lib/domain/history/delivery-state";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { deliveries, messages, notifications, persons } from "../schema";
import { personMatches } from "./person-search";

/** Whose: one person's, or "all" of the workspace. */
export type Whose = { workspaceId: WorkspaceId; personId: string | "all" };

export type NotificationFilter = {
  type?: string | undefined;
  severity?: Severity | undefined;
  isUnread?: boolean | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  /** Decided on this channel. */
  channel?: NotificationChannel | undefined;
  /** A delivery is that far; of `channel`, where both are given. */
  status?: DeliveryState | undefined;
  /** Besides whose they may be. */
  personId?: string | undefined;
  /** As typed: of the recipient's name or address, or of the title. */
  q?: string | undefined;
};

export function isOf({ workspaceId, personId }: Whose): SQL | undefined {
  return and(
    eq(notifications.workspaceId, workspaceId),
    personId === "all" ? undefined : eq(notifications.personId, personId),
  );
}

/** The condition on `notifications` that a filter is. */
export function matches(db: Database, filter: NotificationFilter): SQL | undefined {
  const { type, severity, isUnread, since, until, personId } = filter;
  return and(
    personId ? eq(notifications.personId, personId) : undefined,
    type ? eq(notifications.type, type) : undefined,
    severity ? eq(notifications.severity, severity) : undefined,
    isUnread ? isNull(notifications.readAt) : undefined,
    since ? gte(notifications.createdAt, since) : undefined,
    until ? lt(notifications.createdAt, until) : undefined,
    hasDelivery(db, filter),
    isAbout(db, filter.q),
  );
}

function hasDelivery(db: Database, { channel, status }: NotificationFilter): SQL | undefined {
  if (!channel && !status) return undefined;
  return exists(
    db
      .select({ id: deliveries.id })
      .from(deliveries)
      .leftJoin(messages, eq(messages.id, deliveries.messageId))
      .where(
        and(
          eq(deliveries.notificationId, notifications.id),
          channel ? eq(deliveries.channel, channel) : undefined,
          status ? isIn(status) : undefined,
        ),
      ),
  );
}

/** The condition on a delivery and its message, which is left-joined. */
function isIn(state: DeliveryState): SQL | undefined {
  const fate = FATES.find((one) => one === state);
  if (fate && fate !== "queued") return eq(deliveries.fate, fate);
  const statuses = inArray(messages.status, statusesIn(state));
  const isSo = state === "queued" ? or(isNull(deliveries.messageId), statuses) : statuses;
  return and(eq(deliveries.fate, "queued"), isSo);
}

function isAbout(db: Database, typed = ""): SQL | undefined {
  const person = personMatches(typed);
  if (!person) return undefined;
  const found = db
    .select({ id: persons.id })
    .from(persons)
    .where(and(sql`${persons.id} = ${notifications.personId}`, person));
  const literal = typed.trim().replace(/[\\%_]/g, "\\$&");
  return or(exists(found), ilike(notifications.title, `%${literal}%`));
}
