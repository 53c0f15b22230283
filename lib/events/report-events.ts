import type { Database } from "../../db/client";
import { findNotificationRules, type NotificationRules } from "../../db/queries/notification-rules";
import type { MessageRow } from "../../db/writes/outbound-messages";
import { planOnce } from "../../db/writes/plan-once";
import { lockPreferences } from "../../db/writes/preferences";
import type { ReminderRow } from "../../db/writes/reminders";
import { lockSubjects, noteEvent, subjectKey } from "../../db/writes/subjects";
import {
  isBoundToSubject,
  isOvertaken,
  overtakenBy,
} from "../domain/notification-types/overtaking";
import type { EventFault, ReportedEvent } from "../domain/notification-types/read-event";
import type { TypeRegistry } from "../domain/notification-types/registry";
import { planOf } from "../domain/reminders/read-reminded";
import type { Subject } from "../domain/subject";
import type { Actor } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import {
  type Met,
  meetPersons,
  type RecipientRef,
  type RecipientRefusal,
} from "../notifications/find-persons";
import { tellTakenBack } from "../notifications/overtake-deliveries";
import {
  type Intent,
  meant,
  NOTHING_STORED,
  type Raised,
  raiseWithin,
  type StoredNotifications,
  tellRaised,
} from "../notifications/raise-notifications";
import { takeForRecipients } from "../operations/api-limits";
import type { Deps } from "../ports/deps";
import { closeSubject, findConcerned } from "../reminders/close-subject";
import { planReminders } from "../reminders/plan-reminders";
import { findSilent } from "./find-silent";
import { type EventIntent, readEvents } from "./read-events";

export type EventToReport = Omit<ReportedEvent, "occurredAt"> & {
  recipient: RecipientRef;
  /** null: now. */
  occurredAt: Date | null;
};

/** What an event led to. */
export type Reported = Raised & {
  /** The reminders of its subject for its recipient, sent ones among them; empty: it plans none. */
  reminders: ReminderRow[];
  /** How many reminders it took away, of all who were to be reminded. */
  canceled: number;
};

export type ReportOutcome =
  /** In the order of the events; `zone`: the workspace's, by whose clock they are told. */
  | { kind: "reported"; reported: Reported[]; zone: string }
  /** Of the first event that is wrong; nothing is stored of any. */
  | { kind: "invalid"; index: number; faults: EventFault[] }
  | RecipientRefusal;

type Acting = { workspaceId: WorkspaceId; actor: Actor };
type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;

/**
 * A business system says what happened: who is concerned is told in the words of the type's templates,
 * reminders are planned or moved, and what the event makes pointless is taken back. All or none of it.
 *
 * @throws {OverLimit} where more is reported for somebody than systems may
 */
export async function reportEvents(
  deps: Needs,
  { acting, events }: { acting: Acting; events: readonly EventToReport[] },
): Promise<ReportOutcome> {
  let told = NOTHING_STORED;
  let takenBack: MessageRow[] = [];
  const outcome = await deps.db.transaction(async (tx): Promise<ReportOutcome> => {
    await planOnce(tx);
    const rules = await findNotificationRules(tx, acting.workspaceId);
    const read = readEvents(events, { types: rules.types, now: deps.clock.now() });
    if (read.kind === "invalid") return read;
    const refs = events.map(({ recipient }) => recipient);
    const met = await meetAll(deps, tx, { acting, rules, refs, events: read.events });
    if (met.kind !== "met") return met;
    const stored = await store(deps, tx, {
      acting,
      rules,
      events: read.events,
      persons: met.persons,
    });
    ({ told, takenBack } = stored);
    return { kind: "reported", reported: stored.reported, zone: rules.zone };
  });
  await tellRaised(deps, acting.workspaceId, told);
  await tellTakenBack(deps, takenBack);
  return outcome;
}

type Meeting = Omit<Storing, "persons"> & { refs: readonly RecipientRef[] };

/** The recipients, once all that is reported can be told to them and their limits allow it. */
async function meetAll(
  deps: Pick<Deps, "clock" | "chance">,
  tx: Database,
  { acting: { workspaceId }, rules, refs, events }: Meeting,
) {
  const { defaultCountry: country, apiLimits: limits } = rules;
  const silent = await findSilent(tx, { workspaceId, rules, events, refs });
  if (silent) return silent;
  const met = await meetPersons(deps, tx, { workspaceId, country, refs });
  if (met.kind === "refused") return met;
  const personIds = met.persons.map(({ personId }) => personId);
  await takeForRecipients(tx, { workspaceId, limits, personIds, at: deps.clock.now() });
  return met;
}

type Storing = {
  acting: Acting;
  rules: NotificationRules;
  events: readonly EventIntent[];
  persons: readonly Met[];
};
type Stored = { reported: Reported[]; told: StoredNotifications; takenBack: MessageRow[] };

async function store(
  deps: Pick<Deps, "clock" | "chance" | "cipher" | "settings">,
  tx: Database,
  { acting, rules, events, persons }: Storing,
): Promise<Stored> {
  const { workspaceId } = acting;
  const { types } = rules;
  const past = await takeNote(tx, workspaceId, { types, events });
  const held = new Set(persons.map(({ personId }) => personId));
  for (const closing of events.flatMap((event) => closingOf(types, event))) {
    for (const id of await findConcerned(tx, { workspaceId, ...closing })) held.add(id);
  }
  const now = deps.clock.now();
  const preferences = await lockPreferences(tx, { workspaceId, personIds: [...held], now });
  const at = deps.clock.now();
  const intents = events.map((event, nth): Intent => {
    const isLate =
      event.subject !== null && isOvertaken(types, event, past.get(keyOf(event)) ?? {});
    return { ...event.intent, ...meant(persons[nth]), isOvertaken: isLate };
  });
  const told = await raiseWithin(deps, tx, { acting, intents, rules, preferences, at });
  const { raised } = told;
  const reported: Reported[] = [];
  const takenBack: MessageRow[] = [];
  for (const [nth, one] of raised.entries()) {
    const event = events[nth];
    const intent = intents[nth];
    if (!event || !intent) throw new Error("each event raises one notification");
    const except = new Set(raised.slice(nth).map(({ notification }) => notification.id));
    const following = { workspaceId, rules, event, intent, held, except, at };
    const { reminders, canceled, messages } = await follow(deps, tx, following);
    reported.push({ ...one, reminders, canceled });
    takenBack.push(...messages);
  }
  return { reported, told, takenBack };
}

/** Holds the subjects that events depend on, and notes what happened to them, also within this report. */
async function takeNote(
  tx: Database,
  workspaceId: WorkspaceId,
  { types, events }: { types: TypeRegistry; events: readonly EventIntent[] },
) {
  const bound = events.flatMap(({ type, subject, occurredAt, reminded }) => {
    const isBound = reminded !== null || isBoundToSubject(types, type);
    return subject && isBound ? [{ event: type, subject, at: occurredAt }] : [];
  });
  const of = bound.map(({ subject }) => subject);
  const past = new Map(await lockSubjects(tx, { workspaceId, of }));
  for (const noted of bound) {
    if (overtakenBy(types, noted.event).length === 0) continue;
    await noteEvent(tx, { workspaceId, ...noted });
    const key = subjectKey(noted.subject);
    const known = past.get(key)?.[noted.event];
    const time = noted.at.toISOString();
    const latest = known && known > time ? known : time;
    past.set(key, { ...past.get(key), [noted.event]: latest });
  }
  return past;
}

function keyOf({ subject }: { subject: Subject | null }): string {
  return subject ? subjectKey(subject) : "";
}

/** Nothing where the event closes nothing. */
function closingOf(
  all: TypeRegistry,
  { type, subject }: EventIntent,
): { types: string[]; subject: Subject }[] {
  const types = overtakenBy(all, type);
  return subject && types.length > 0 ? [{ types, subject }] : [];
}

type Following = {
  workspaceId: WorkspaceId;
  rules: NotificationRules;
  event: EventIntent;
  intent: Intent;
  held: ReadonlySet<string>;
  except: ReadonlySet<string>;
  at: Date;
};
type Followed = Pick<Reported, "reminders" | "canceled"> & { messages: MessageRow[] };

/** What else follows from an event than that its recipient is told. */
async function follow(
  deps: Pick<Deps, "chance">,
  tx: Database,
  { workspaceId, rules, event, intent, held, except, at }: Following,
): Promise<Followed> {
  const { subject, occurredAt, type, reminded } = event;
  const { types } = rules;
  const plan = planOf(types, event);
  if (plan && reminded && subject && !intent.isOvertaken) {
    const { personId, toAddress, data } = intent;
    const of = {
      workspaceId,
      personId,
      toAddress,
      planOf: type,
      plan,
      reminded,
      subject,
      data,
      office: rules,
      at,
    };
    const planned = await planReminders(deps, tx, { ...of, reportedAt: occurredAt });
    return { reminders: planned.reminders, canceled: 0, messages: planned.takenBack };
  }
  const [closing] = closingOf(types, event);
  if (!closing) return { reminders: [], canceled: 0, messages: [] };
  const of = { workspaceId, ...closing, occurredAt, held, except, at };
  const { canceled, takenBack } = await closeSubject(tx, of);
  return { reminders: [], canceled, messages: takenBack };
}
