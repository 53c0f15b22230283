import type { Database } from "../../db/client";
import type { MessageRow } from "../../db/writes/outbound-messages";
import { findAwaiting } from "../../db/writes/overtaken";
import { cancelReminderRows, findReminded, lockRemindersOf } from "../../db/writes/reminders";
import type { SubjectRef } from "../../db/writes/subjects";
import type { WorkspaceId } from "../domain/workspace-id";
import { overtakeDeliveries } from "../notifications/overtake-deliveries";

type Closing = {
  workspaceId: WorkspaceId;
  subject: SubjectRef;
  /** Keys of the types that the event which closes it makes pointless. */
  types: readonly string[];
};

/** Whom it concerns that a subject is closed: all who wait to be told something of it. */
export async function findConcerned(tx: Database, closing: Closing): Promise<string[]> {
  const reminded = await findReminded(tx, closing);
  const awaiting = await findAwaiting(tx, closing);
  return [...reminded, ...awaiting.map(({ notification }) => notification.personId)];
}

type Ending = Closing & {
  occurredAt: Date;
  /** Whose preferences are held. */
  held: ReadonlySet<string>;
  /** Notifications that came after it, in the same report. */
  except: ReadonlySet<string>;
  at: Date;
};

/**
 * Ends what was to be told of a subject by the time an event closed it: reminders, and notifications
 * that have not left; inside a transaction that holds the preferences of `findConcerned` and the
 * subject. What was reported of later stays.
 */
export async function closeSubject(
  tx: Database,
  { held, except, occurredAt, at, ...closing }: Ending,
): Promise<{ canceled: number; takenBack: MessageRow[] }> {
  const { workspaceId, types } = closing;
  const rows = await lockRemindersOf(tx, closing);
  const ids = rows
    .filter((row) => held.has(row.personId) && types.includes(row.type))
    .filter((row) => row.reportedAt <= occurredAt)
    .map(({ id }) => id);
  const canceled = await cancelReminderRows(tx, { workspaceId, ids, reason: "closed", at });
  const all = await findAwaiting(tx, closing);
  const awaiting = all.filter(({ notification }) => {
    const { id, personId, data } = notification;
    return held.has(personId) && !except.has(id) && !isLater(data, occurredAt);
  });
  const takenBack = await overtakeDeliveries(tx, {
    workspaceId,
    awaiting,
    reason: "overtaken",
    at,
  });
  return { canceled: canceled.length, takenBack };
}

/** Did what it tells happen after that? Events bring their time, `POST /notifications` may not. */
function isLater({ occurred_at: occurred }: Record<string, unknown>, than: Date): boolean {
  return typeof occurred === "string" && new Date(occurred) > than;
}
