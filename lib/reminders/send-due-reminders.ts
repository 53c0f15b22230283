import type { Database } from "../../db/client";
import { findNotificationRules } from "../../db/queries/notification-rules";
import { findRemindedPersonsDue } from "../../db/queries/system/due-reminders";
import { planOnce } from "../../db/writes/plan-once";
import { lockPreferences } from "../../db/writes/preferences";
import {
  cancelReminderRows,
  endReminders,
  lockRemindersDue,
  type ReminderEnd,
  type ReminderRow,
} from "../../db/writes/reminders";
import { DEFAULT_PREFERENCES } from "../domain/deciding/preferences";
import { ownWordsOf } from "../domain/notification-types/own-words";
import {
  findRegistered,
  shipsTemplates,
  type TypeRegistry,
} from "../domain/notification-types/registry";
import { bySubject, settleGroup } from "../domain/reminders/settle-group";
import type { Settlement } from "../domain/reminders/settle-reminders";
import type { WorkspaceId } from "../domain/workspace-id";
import {
  type Intent,
  NOTHING_STORED,
  raiseWithin,
  tellRaised,
} from "../notifications/raise-notifications";
import type { Deps } from "../ports/deps";

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;
type Person = { workspaceId: WorkspaceId; personId: string };
type Looked = { sent: number; expired: number; skipped: number };

/** Persons looked up by one query. */
const BATCH = 200;

/**
 * Sends every reminder whose hour has come, once, and ends those that are of no use any more. Each
 * person is a transaction of their own; one that fails is told in the log, stays due and keeps nobody
 * else. A sent one is a notification, which the gates may still keep or refuse.
 */
export async function sendDueReminders(deps: Needs): Promise<Looked> {
  const now = deps.clock.now();
  const all: Looked = { sent: 0, expired: 0, skipped: 0 };
  let after: string | null = null;
  for (;;) {
    const due: Person[] = await findRemindedPersonsDue(deps.db, { now, after, limit: BATCH });
    for (const person of due) addTo(all, await lookSafely(deps, person));
    const last = due.at(-1);
    if (!last || due.length < BATCH) return all;
    after = last.personId;
  }
}

function addTo(all: Looked, one: Looked) {
  all.sent += one.sent;
  all.expired += one.expired;
  all.skipped += one.skipped;
}

async function lookSafely(deps: Needs, person: Person): Promise<Looked> {
  try {
    return await sendDueOf(deps, person);
  } catch (error) {
    deps.log.error({ ...person, error: String(error) }, "[REMINDERS] a person's look failed");
    return { sent: 0, expired: 0, skipped: 0 };
  }
}

/** The same of one person. */
export async function sendDueOf(deps: Needs, { workspaceId, personId }: Person): Promise<Looked> {
  let told = NOTHING_STORED;
  const settled = await deps.db.transaction(async (tx) => {
    const now = deps.clock.now();
    await planOnce(tx);
    const preferences = await lockPreferences(tx, { workspaceId, personIds: [personId], now });
    const at = deps.clock.now();
    const due = await lockRemindersDue(tx, { workspaceId, personId, now: at });
    const wanted = preferences.get(personId) ?? DEFAULT_PREFERENCES;
    const rules = await findNotificationRules(tx, workspaceId);
    const { types } = rules;
    const rows = await dropTypeless(tx, { workspaceId, rows: due, types, at });
    const settling = { types, preferences: wanted, now: at };
    const settlements = bySubject(rows).flatMap((of) => settleGroup(of, settling));
    const toSend = rowsToSend(rows, settlements);
    const acting = { workspaceId, actor: { kind: "system" } as const };
    const intents = toSend.map((row) => toIntent(types, row));
    told = await raiseWithin(deps, tx, { acting, intents, rules, preferences, at });
    const { raised } = told;
    const notified = new Map(
      toSend.map(({ id }, nth) => [id, raised[nth]?.notification.id ?? null]),
    );
    await end(tx, { workspaceId, settlements, notified, at });
    return settlements;
  });
  await tellRaised(deps, workspaceId, told);
  const count = (fate: Settlement["fate"]) => settled.filter((one) => one.fate === fate).length;
  return { sent: count("send"), expired: count("expired"), skipped: count("skipped") };
}

type Dropping = { workspaceId: WorkspaceId; rows: ReminderRow[]; types: TypeRegistry; at: Date };

/** Planned while its type was being deleted, a reminder is still there: it is taken away. */
async function dropTypeless(tx: Database, { workspaceId, rows, types, at }: Dropping) {
  const isTold = ({ type }: ReminderRow) => findRegistered(types, type) !== null;
  const ids = rows.filter((row) => !isTold(row)).map(({ id }) => id);
  await cancelReminderRows(tx, { workspaceId, ids, reason: "type_deleted", at });
  return rows.filter(isTold);
}

function rowsToSend(rows: readonly ReminderRow[], settlements: readonly Settlement[]) {
  const ids = new Set(settlements.flatMap((one) => (one.fate === "send" ? [one.id] : [])));
  return rows.filter(({ id }) => ids.has(id));
}

/**
 * A reminder in the words of its type, of use as long as its plan says. One of a workspace's own type
 * may be told in what its event said.
 */
function toIntent(
  types: TypeRegistry,
  { personId, key: step, type: key, data: said, subject, expiresAt, toAddress }: ReminderRow,
): Intent {
  const type = findRegistered(types, key);
  if (!type) throw new Error(`${key} is no type of notification`);
  const { category, severities, isTimeSensitive, defaultChannels } = type;
  const isShipped = shipsTemplates(type);
  const data = isShipped ? said : { ...said, reminder: step };
  return {
    personId,
    toAddress,
    kind: "reminder",
    type: key,
    category,
    severity: severities[0],
    words: isShipped ? null : ownWordsOf(data),
    hasTemplate: true,
    subject,
    data,
    channels: defaultChannels,
    isTimeSensitive,
    sendsImmediately: false,
    isOvertaken: false,
    expiresAt,
  };
}

type Ending = {
  workspaceId: WorkspaceId;
  settlements: readonly Settlement[];
  /** By reminder, the notification that it became. */
  notified: ReadonlyMap<string, string | null>;
  at: Date;
};

async function end(tx: Database, { workspaceId, settlements, notified, at }: Ending) {
  const ends = settlements.map((one): ReminderEnd => {
    const { id } = one;
    if (one.fate === "send") {
      const notificationId = notified.get(id) ?? null;
      return { id, status: "sent", reason: null, notificationId, settledAt: at };
    }
    return { id, status: one.fate, reason: one.reason, notificationId: null, settledAt: at };
  });
  await endReminders(tx, { workspaceId, ends });
}
