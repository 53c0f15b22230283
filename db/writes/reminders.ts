import { and, asc, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { PlannedReminder } from "../../lib/domain/reminders/plan-reminders";
import type { CancelReason, ReminderStatus } from "../../lib/domain/reminders/words";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { reminders } from "../schema";
import type { SubjectRef } from "./subjects";

export type ReminderRow = typeof reminders.$inferSelect;

type OfSubject = {
  workspaceId: WorkspaceId;
  subject: SubjectRef;
  personId?: string;
  /** Type of the event whose plan they are of; left out: all. */
  plan?: string;
};

/** All reminders of a subject, for one person or all; held until the transaction ends. */
export async function lockRemindersOf(tx: Database, of: OfSubject): Promise<ReminderRow[]> {
  return tx.select().from(reminders).where(isOf(of)).orderBy(asc(reminders.id)).for("update");
}

type OfPerson = { workspaceId: WorkspaceId; personId: string; now: Date };

/** A person's reminders whose hour has come, oldest first; held until the transaction ends. */
export async function lockRemindersDue(
  tx: Database,
  { workspaceId, personId, now }: OfPerson,
): Promise<ReminderRow[]> {
  return tx
    .select()
    .from(reminders)
    .where(
      and(
        eq(reminders.workspaceId, workspaceId),
        eq(reminders.personId, personId),
        eq(reminders.status, "scheduled"),
        lte(reminders.scheduledFor, now),
      ),
    )
    .orderBy(asc(reminders.scheduledFor), asc(reminders.id))
    .for("update");
}

/** Who waits for a reminder of a subject. */
export async function findReminded(tx: Database, of: OfSubject): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ personId: reminders.personId })
    .from(reminders)
    .where(and(isOf(of), eq(reminders.status, "scheduled")));
  return rows.map(({ personId }) => personId);
}

function isOf({ workspaceId, subject, personId, plan }: OfSubject): SQL | undefined {
  return and(
    eq(reminders.workspaceId, workspaceId),
    eq(reminders.subjectType, subject.type),
    eq(reminders.subjectId, subject.id),
    personId === undefined ? undefined : eq(reminders.personId, personId),
    plan === undefined ? undefined : eq(reminders.plan, plan),
  );
}

export async function insertReminders(tx: Database, rows: readonly ReminderRow[]) {
  if (rows.length > 0) await tx.insert(reminders).values([...rows]);
}

type Moving = { workspaceId: WorkspaceId; moves: readonly { id: string; to: PlannedReminder }[] };

/** Gives reminders the hours that a plan has for them now. */
export async function moveReminders(
  tx: Database,
  { workspaceId, moves, at }: Moving & { at: Date },
) {
  if (moves.length === 0) return;
  const given = moves.map(({ id, to }) => ({ id, ...to }));
  await tx.execute(sql`
    update ${reminders} r set
      type = g.type, date = g.date, planned_for = g."scheduledFor", scheduled_for = g."scheduledFor",
      expires_at = g."expiresAt", expires_for = g."expiresFor", status = g.status, reason = g.reason,
      notification_id = null,
      settled_at = case when g.status = 'scheduled' then null else ${at.toISOString()}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(
      id uuid, type text, date date, "scheduledFor" timestamptz, "expiresAt" timestamptz,
      "expiresFor" text, status text, reason text)
    where r.id = g.id and r.workspace_id = ${workspaceId}`);
}

type Canceling = {
  workspaceId: WorkspaceId;
  ids: readonly string[];
  reason: CancelReason;
  at: Date;
  from?: readonly ReminderStatus[];
};

/** Takes away reminders that have this status still; they are returned. */
export async function cancelReminderRows(
  tx: Database,
  { workspaceId, ids, reason, at, from = ["scheduled"] }: Canceling,
): Promise<ReminderRow[]> {
  if (ids.length === 0) return [];
  return tx
    .update(reminders)
    .set({ status: "canceled", reason, settledAt: at, notificationId: null })
    .where(
      and(
        eq(reminders.workspaceId, workspaceId),
        inArray(reminders.id, [...ids]),
        inArray(reminders.status, [...from]),
      ),
    )
    .returning();
}

/** Takes away all that waits of a type's plan, since the type is gone. */
export async function cancelPlan(
  tx: Database,
  { workspaceId, plan, at }: { workspaceId: WorkspaceId; plan: string; at: Date },
) {
  await tx
    .update(reminders)
    .set({ status: "canceled", reason: "type_deleted", settledAt: at })
    .where(
      and(
        eq(reminders.workspaceId, workspaceId),
        eq(reminders.plan, plan),
        eq(reminders.status, "scheduled"),
      ),
    );
}

/** What a look made of reminders whose hour had come. */
export type ReminderEnd = { id: string } & Pick<
  ReminderRow,
  "status" | "reason" | "notificationId" | "settledAt"
>;

export async function endReminders(
  tx: Database,
  { workspaceId, ends }: { workspaceId: WorkspaceId; ends: readonly ReminderEnd[] },
) {
  if (ends.length === 0) return;
  await tx.execute(sql`
    update ${reminders} r set
      status = g.status, reason = g.reason, notification_id = g."notificationId",
      settled_at = g."settledAt"
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as g(
      id uuid, status text, reason text, "notificationId" uuid, "settledAt" timestamptz)
    where r.id = g.id and r.workspace_id = ${workspaceId}`);
}

type Renewing = { workspaceId: WorkspaceId; ids: readonly string[] } & Pick<
  ReminderRow,
  "subject" | "data" | "toAddress" | "reportedAt"
>;

/** What a later report says about the subject holds for all that was not sent. */
export async function renewReminders(tx: Database, { workspaceId, ids, ...said }: Renewing) {
  if (ids.length === 0) return;
  await tx
    .update(reminders)
    .set(said)
    .where(and(eq(reminders.workspaceId, workspaceId), inArray(reminders.id, [...ids])));
}

type Postponing = { workspaceId: WorkspaceId; id: string; scheduledFor: Date };

/** Another hour, by hand; null: it waits no more, or dies before that hour. */
export async function postponeReminder(
  db: Database,
  { workspaceId, id, scheduledFor }: Postponing,
): Promise<ReminderRow | null> {
  const [row] = await db
    .update(reminders)
    .set({ scheduledFor })
    .where(
      and(
        eq(reminders.workspaceId, workspaceId),
        eq(reminders.id, id),
        eq(reminders.status, "scheduled"),
        sql`${reminders.expiresAt} > ${scheduledFor.toISOString()}::timestamptz`,
      ),
    )
    .returning();
  return row ?? null;
}
