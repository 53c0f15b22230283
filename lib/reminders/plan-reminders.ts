import type { Database } from "../../db/client";
import type { MessageRow } from "../../db/writes/outbound-messages";
import { findAwaiting } from "../../db/writes/overtaken";
import {
  cancelReminderRows,
  insertReminders,
  lockRemindersOf,
  moveReminders,
  type ReminderRow,
  renewReminders,
} from "../../db/writes/reminders";
import type { Office } from "../domain/reminders/due";
import { occurrencesOf, type Reminded } from "../domain/reminders/occurrences";
import type { ReminderPlan } from "../domain/reminders/plan";
import type { PlannedReminder } from "../domain/reminders/plan-reminders";
import { reconcileReminders } from "../domain/reminders/reconcile-reminders";
import type { Subject } from "../domain/subject";
import type { WorkspaceId } from "../domain/workspace-id";
import { overtakeDeliveries } from "../notifications/overtake-deliveries";
import type { GivenAddress } from "../notifications/reach";
import type { Deps } from "../ports/deps";

type Planning = {
  workspaceId: WorkspaceId;
  personId: string;
  toAddress: GivenAddress | null;
  /** Type of the event whose plan it is. */
  planOf: string;
  plan: ReminderPlan;
  reminded: Reminded;
  subject: Subject;
  /** What the templates are filled with. */
  data: Record<string, unknown>;
  /** When the event happened that says so. */
  reportedAt: Date;
  office: Office;
  at: Date;
};

/** The reminders of a subject for a person as they are now, and messages that were taken back for it. */
export type PlannedOf = { reminders: ReminderRow[]; takenBack: MessageRow[] };

/**
 * Makes the reminders of a subject for a person what a plan and its due date ask for: new ones, others
 * moved or taken away, those of other plans left alone; inside a transaction that holds the person's preferences and the subject. Something that
 * happened before what is planned by already changes nothing.
 */
export async function planReminders(
  deps: Pick<Deps, "chance">,
  tx: Database,
  planning: Planning,
): Promise<PlannedOf> {
  const { workspaceId, personId, subject, reportedAt, plan, reminded, office, at } = planning;
  const of = { workspaceId, subject, personId, plan: planning.planOf };
  const before = await lockRemindersOf(tx, of);
  if (before.some((row) => row.reportedAt > reportedAt))
    return { reminders: before, takenBack: [] };
  const takenBack = await takeBackKept(tx, { planning, before });
  const rows = takenBack.length > 0 ? await lockRemindersOf(tx, of) : before;
  const wanted = occurrencesOf(plan, reminded, office);
  // By the plan's own hours: one that a person chose stays as long as the plan's does.
  const planned = rows.map((row) => ({ ...row, scheduledFor: row.plannedFor }));
  const changes = reconcileReminders(planned, { wanted, now: at });
  const added = changes.add.map((one) => toRow(deps, planning, one));
  await insertReminders(tx, added);
  await moveReminders(tx, { workspaceId, moves: changes.move, at });
  const canceled = changes.cancel.map(({ id }) => id);
  await cancelReminderRows(tx, { workspaceId, ids: canceled, reason: "due_changed", at });
  const known = rows.filter(({ status }) => status !== "sent").map(({ id }) => id);
  const { data, toAddress } = planning;
  await renewReminders(tx, { workspaceId, ids: known, subject, data, toAddress, reportedAt });
  return { reminders: await lockRemindersOf(tx, of), takenBack: takenBack.flat() };
}

/**
 * A reminder of another due date that a gate keeps, or that waits in the outbox, was not sent: it is
 * ended, and its row may be given another hour.
 */
async function takeBackKept(
  tx: Database,
  { planning, before }: { planning: Planning; before: readonly ReminderRow[] },
): Promise<MessageRow[][]> {
  const { workspaceId, subject, personId, plan, at } = planning;
  const stale = before.filter((row) => row.status === "sent" && !isSameDue(row.subject, subject));
  if (stale.length === 0) return [];
  const types = plan.map(({ type }) => type);
  const all = await findAwaiting(tx, { workspaceId, subject, types });
  const awaiting = all.filter(({ notification }) => {
    return (
      notification.personId === personId &&
      stale.some(({ notificationId }) => notificationId === notification.id)
    );
  });
  if (awaiting.length === 0) return [];
  const takenBack = await overtakeDeliveries(tx, {
    workspaceId,
    awaiting,
    reason: "overtaken",
    at,
  });
  const ended = new Set(awaiting.map(({ notification }) => notification.id));
  const ids = stale.flatMap(({ id, notificationId }) =>
    notificationId !== null && ended.has(notificationId) ? [id] : [],
  );
  const reason = "due_changed" as const;
  await cancelReminderRows(tx, { workspaceId, ids, reason, at, from: ["sent"] });
  return [takenBack];
}

function isSameDue(a: Subject, b: Subject): boolean {
  return a.dueAt === b.dueAt && a.dueOn === b.dueOn;
}

function toRow(
  deps: Pick<Deps, "chance">,
  { workspaceId, personId, planOf, subject, data, toAddress, reportedAt, at }: Planning,
  planned: PlannedReminder,
): ReminderRow {
  return {
    ...planned,
    id: deps.chance.uuid(),
    workspaceId,
    personId,
    plan: planOf,
    subjectType: subject.type,
    subjectId: subject.id,
    plannedFor: planned.scheduledFor,
    subject,
    data,
    toAddress: toAddress && { kind: toAddress.kind, value: toAddress.value },
    reportedAt,
    notificationId: null,
    settledAt: planned.status === "scheduled" ? null : at,
    createdAt: at,
  };
}
