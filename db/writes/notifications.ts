import {
  and,
  asc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  notInArray,
  or,
  sql,
} from "drizzle-orm";
import type { NotificationChannel } from "../../lib/domain/deciding/words";
import { WINDOW_CLOSED_CODE } from "../../lib/domain/provider-errors";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { insertInto } from "../insert-rows";
import { deliveries, digests, messages, notifications } from "../schema";
import { type OwedEvent, owedEvents } from "./owed-webhooks";

export type NotificationRow = typeof notifications.$inferSelect;
export type DeliveryRow = typeof deliveries.$inferSelect;

type Raised = {
  workspaceId: WorkspaceId;
  notifications: readonly NotificationRow[];
  /** Of these. */
  deliveries: readonly DeliveryRow[];
  /** What other systems are told of it. */
  events: readonly OwedEvent[];
};

/** Stores notifications with what was decided about them, and owes it to other systems, in one statement. */
export async function insertRaised(tx: Database, { workspaceId, events, ...rows }: Raised) {
  await tx.execute(sql`
    with told as (${insertInto(notifications, rows.notifications)}),
    fated as (${insertInto(deliveries, rows.deliveries)}),
    owed as (${owedEvents({ workspaceId, events })})
    select 1`);
}

export async function insertDeliveries(tx: Database, rows: readonly DeliveryRow[]) {
  if (rows.length > 0) await tx.execute(insertInto(deliveries, rows));
}

/** What is decided anew about deliveries. Those in a digest may be many: one statement for all. */
export async function settleDeliveries(
  tx: Database,
  workspaceId: WorkspaceId,
  rows: readonly DeliveryRow[],
) {
  if (rows.length === 0) return;
  const given = rows.map(({ decisions, ...row }) => ({ ...row, last: decisions.at(-1) }));
  await tx.execute(sql`
    update ${deliveries} d set
      fate = g.fate, reason = g.reason, release_at = g."releaseAt", digest_id = g."digestId",
      message_id = g."messageId", decided_at = g."decidedAt",
      decisions = d.decisions || jsonb_build_array(g.last)
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(
      id uuid, fate text, reason text, "releaseAt" timestamptz, "digestId" uuid, "messageId" uuid,
      "decidedAt" timestamptz, last jsonb)
    where d.id = g.id and d.workspace_id = ${workspaceId}`);
}

/** On which channels notifications were decided, by their ids. The caller holds their person's preferences. */
export async function findDecidedChannels(
  tx: Database,
  {
    workspaceId,
    notificationIds,
  }: { workspaceId: WorkspaceId; notificationIds: readonly string[] },
): Promise<Map<string, NotificationChannel[]>> {
  const rows = await tx
    .select({ id: deliveries.notificationId, channel: deliveries.channel })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        inArray(deliveries.notificationId, [...new Set(notificationIds)]),
      ),
    );
  const found = new Map<string, NotificationChannel[]>();
  for (const { id, channel } of rows) found.set(id, [...(found.get(id) ?? []), channel]);
  return found;
}

export type OpenDigest = { id: string; personId: string; key: string };

/**
 * The open digest of each person and key, made if need be. The constraint decides: whoever comes at the
 * same moment gets the same one.
 */
export async function openDigests(
  tx: Database,
  { workspaceId, of, now }: { workspaceId: WorkspaceId; of: readonly OpenDigest[]; now: Date },
): Promise<OpenDigest[]> {
  if (of.length === 0) return [];
  return tx
    .insert(digests)
    .values(of.map((one) => ({ ...one, workspaceId, openedAt: now })))
    .onConflictDoUpdate({
      target: [digests.personId, digests.key],
      targetWhere: sql`closed_at is null`,
      set: { key: sql`excluded.key` },
    })
    .returning({ id: digests.id, personId: digests.personId, key: digests.key });
}

type Closing = { workspaceId: WorkspaceId; id: string; at: Date; leftAt: Date | null };

/** Nothing joins it any more. */
export async function closeDigest(tx: Database, { workspaceId, id, at, leftAt }: Closing) {
  await tx
    .update(digests)
    .set({ closedAt: at, leftAt })
    .where(and(eq(digests.workspaceId, workspaceId), eq(digests.id, id)));
}

type Departed = {
  workspaceId: WorkspaceId;
  /** null: it left alone. */
  digestId: string | null;
  notificationId: string;
  messageIds: readonly string[];
};

/**
 * A digest or a notification has not left after all where nothing of it did but these messages, which came
 * to nothing.
 *
 * @returns when it had left; null: it had not
 */
export async function takeBackDeparture(
  tx: Database,
  { workspaceId, digestId, notificationId, messageIds }: Departed,
): Promise<{ leftAt: Date; isTakenBack: boolean } | null> {
  const table = digestId === null ? notifications : digests;
  const part =
    digestId === null
      ? and(eq(deliveries.notificationId, notificationId), isNull(deliveries.digestId))
      : eq(deliveries.digestId, digestId);
  const others = and(part, notInArray(deliveries.messageId, [...messageIds]));
  const [row] = await tx.execute<{ left_at: string; is_taken_back: boolean }>(sql`
    with departed as (
      select id, left_at from ${table}
      where id = ${digestId ?? notificationId} and workspace_id = ${workspaceId}
        and left_at is not null
    ),
    taken_back as (
      update ${table} t set left_at = null from departed
      where t.id = departed.id and not exists (select 1 from ${deliveries} where ${others})
      returning t.id
    )
    select left_at, exists (select 1 from taken_back) as is_taken_back from departed`);
  return row ? { leftAt: new Date(row.left_at), isTakenBack: row.is_taken_back } : null;
}

/** It left alone. */
export async function markLeft(
  tx: Database,
  { workspaceId, id, at }: { workspaceId: WorkspaceId; id: string; at: Date },
) {
  await tx
    .update(notifications)
    .set({ leftAt: at })
    .where(and(eq(notifications.workspaceId, workspaceId), eq(notifications.id, id)));
}

/** Nobody else moves these messages until the transaction ends. */
export async function holdMessages(
  tx: Database,
  { workspaceId, ids }: { workspaceId: WorkspaceId; ids: readonly string[] },
) {
  if (ids.length === 0) return;
  await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), inArray(messages.id, [...ids])))
    .orderBy(asc(messages.id))
    .for("update");
}

/** It has expired, and is wanted all the same. */
export async function renew(
  tx: Database,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
) {
  await tx
    .update(notifications)
    .set({ expiresAt: null })
    .where(and(eq(notifications.workspaceId, workspaceId), eq(notifications.id, id)));
}

type Reading = {
  workspaceId: WorkspaceId;
  personId: string;
  /** null: all that there are. */
  ids: readonly string[] | null;
  at: Date;
};

/** A person has seen notifications of theirs. Returns how many were new to them. */
export async function markRead(
  tx: Database,
  { workspaceId, personId, ids, at }: Reading,
): Promise<number> {
  const rows = await tx
    .update(notifications)
    .set({ readAt: at })
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        eq(notifications.personId, personId),
        isNull(notifications.readAt),
        ids === null ? undefined : inArray(notifications.id, [...ids]),
      ),
    )
    .returning({ id: notifications.id });
  return rows.length;
}

export type KeptDelivery = { delivery: DeliveryRow; notification: NotificationRow };

type KeptOf = { workspaceId: WorkspaceId; personId: string; notificationId: string };

/** What the gates keep of one notification. The caller holds its person's preferences. */
export async function findKeptOf(
  tx: Database,
  { workspaceId, personId, notificationId }: KeptOf,
): Promise<KeptDelivery[]> {
  return tx
    .select({ delivery: deliveries, notification: notifications })
    .from(deliveries)
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        eq(deliveries.personId, personId),
        eq(deliveries.notificationId, notificationId),
        isNotNull(deliveries.releaseAt),
      ),
    )
    .orderBy(asc(deliveries.channel));
}

/** Its person wants it now: from here on it waits for no hours and is not gathered. */
export async function markImmediate(
  tx: Database,
  { workspaceId, personId, notificationId }: KeptOf,
) {
  await tx
    .update(notifications)
    .set({ sendsImmediately: true })
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        eq(notifications.personId, personId),
        eq(notifications.id, notificationId),
      ),
    );
}

/**
 * A person's kept deliveries whose time has come, each with its notification, and all that is gathered
 * with them. Oldest first. The caller holds the person's preferences, by which nobody else decides.
 */
export async function findKeptDue(
  tx: Database,
  input: { workspaceId: WorkspaceId; personId: string; now: Date },
): Promise<KeptDelivery[]> {
  const { workspaceId, personId, now } = input;
  const isDue = and(eq(deliveries.personId, personId), lte(deliveries.releaseAt, now));
  const dueDigests = tx
    .select({ id: deliveries.digestId })
    .from(deliveries)
    .where(and(isDue, isNotNull(deliveries.digestId)));
  return tx
    .select({ delivery: deliveries, notification: notifications })
    .from(deliveries)
    .innerJoin(notifications, eq(notifications.id, deliveries.notificationId))
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        eq(deliveries.personId, personId),
        isNotNull(deliveries.releaseAt),
        or(lte(deliveries.releaseAt, now), inArray(deliveries.digestId, dueDigests)),
      ),
    )
    .orderBy(asc(notifications.createdAt), asc(notifications.id), asc(deliveries.channel));
}

/** What waits for the workspace's hours is due at once: the gates are asked about it again. */
export async function askHoursAgain(
  tx: Database,
  { workspaceId, at }: { workspaceId: WorkspaceId; at: Date },
): Promise<void> {
  await tx
    .update(deliveries)
    .set({ releaseAt: at })
    .where(
      and(
        eq(deliveries.workspaceId, workspaceId),
        gt(deliveries.releaseAt, at),
        eq(deliveries.reason, "outside_working_hours"),
      ),
    );
}

/**
 * Over all workspaces: what WhatsApp refused since then because its window was closed did certainly not
 * arrive, and is decided again, once. What somebody has had decided again already is theirs.
 */
export async function askRefusedAgain(db: Database, { since, now }: { since: Date; now: Date }) {
  await db.execute(sql`
    update ${deliveries} d set release_at = ${now.toISOString()}::timestamptz
    from ${messages} m
    where m.channel = 'whatsapp' and m.error_code = '${sql.raw(WINDOW_CLOSED_CODE)}'
      and m.failed_at > ${since.toISOString()}::timestamptz and m.status in ('failed', 'undelivered')
      and d.message_id = m.id and d.channel = 'whatsapp' and d.fate = 'queued'
      and d.release_at is null and not jsonb_path_exists(d.decisions, '$[*].resent')`);
}
