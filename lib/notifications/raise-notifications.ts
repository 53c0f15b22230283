import type { Database } from "../../db/client";
import { findNotificationRules, type NotificationRules } from "../../db/queries/notification-rules";
import {
  type DeliveryRow,
  insertRaised,
  type NotificationRow,
} from "../../db/writes/notifications";
import { planOnce } from "../../db/writes/plan-once";
import { lockPreferences } from "../../db/writes/preferences";
import { digestKey } from "../domain/deciding/aggregation";
import { HIGH_FREQUENCY } from "../domain/deciding/high-frequency";
import type { Preferences } from "../domain/deciding/preferences";
import {
  NOTIFICATION_CHANNELS,
  type NotificationChannel,
  type NotificationKind,
  type Severity,
} from "../domain/deciding/words";
import { findNotificationType } from "../domain/notification-types/find-type";
import { findRegistered } from "../domain/notification-types/registry";
import type { ReplyCode } from "../domain/reply-codes/reply-code";
import type { Subject } from "../domain/subject";
import { titleOfType, wordType } from "../domain/templates/word-type";
import type { Actor } from "../domain/viewer";
import type { Channel } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import { takeForRecipients } from "../operations/api-limits";
import type { EnqueueOutcome } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { type Met, meetPersons, type RecipientRef, type RecipientRefusal } from "./find-persons";
import { tellHandedOver } from "./hand-over";
import { type JudgedChannel, judgeChannels, overtaken } from "./judge";
import { fateEvent } from "./owe-fates";
import type { GivenAddress } from "./reach";
import { type Recipient, readRecipients } from "./recipients";
import { ringBells } from "./ring-bells";
import { type Decided, decided, gather, sendWanted, type Wanted } from "./settle-deliveries";
import { tooFrequent } from "./too-frequent";
import { wordsOf } from "./word-notification";

export type NewNotification = {
  recipient: RecipientRef;
  kind: NotificationKind;
  /** Key of the notification type. */
  type: string;
  category: string;
  severity: Severity;
  /** null: those of the type's template, filled with `data`. */
  words: { readonly title: string; readonly body: string } | null;
  /** The type's template comes before `words` on the channels that have one; left out: it does not. */
  hasTemplate?: boolean | undefined;
  subject: Subject | null;
  data: Record<string, unknown>;
  /** null: all that there are. */
  channels: readonly NotificationChannel[] | null;
  /** What its recipient may answer by text; left out: what its type offers. */
  replyCodes?: readonly ReplyCode[] | undefined;
  isTimeSensitive: boolean;
  sendsImmediately: boolean;
  expiresAt: Date | null;
};

export type Raised = { notification: NotificationRow; deliveries: DeliveryRow[] };
export type RaiseOutcome =
  /** `zone`: the workspace's, by whose clock it is told. */
  { kind: "raised"; raised: Raised[]; zone: string } | RecipientRefusal;

type Acting = { workspaceId: WorkspaceId; actor: Actor };
type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;

/** What is of no use a quarter of an hour later dies then. */
const TIME_SENSITIVE_MS = 15 * 60_000;

/**
 * Decides what becomes of notifications on each channel, and stores every fate with what follows from it:
 * a message in the outbox, a place in a digest, a refusal. All or none; a recipient who cannot be found
 * is named and nothing is stored. Decisions about one person are made one after the other, so that a
 * cap is kept whoever else raises at the same moment. Where alerts come too often an alert of that is
 * raised besides; it is not among the outcome's.
 *
 * @throws {OverLimit} where more is raised for somebody than systems may
 */
export async function raiseNotifications(
  deps: Needs,
  { acting, notifications }: { acting: Acting; notifications: readonly NewNotification[] },
): Promise<RaiseOutcome> {
  const { workspaceId } = acting;
  let stored: StoredNotifications = NOTHING_STORED;
  const outcome = await deps.db.transaction(async (tx): Promise<RaiseOutcome> => {
    await planOnce(tx);
    const rules = await findNotificationRules(tx, workspaceId);
    const { defaultCountry: country, apiLimits: limits, zone } = rules;
    const refs = notifications.map(({ recipient }) => recipient);
    const met = await meetPersons(deps, tx, { workspaceId, country, refs });
    if (met.kind === "refused") return met;
    const personIds = met.persons.map(({ personId }) => personId);
    const now = deps.clock.now();
    const counted = personIds.filter((_, nth) => notifications[nth]?.kind !== "system");
    await takeForRecipients(tx, { workspaceId, limits, personIds: counted, at: now });
    const preferences = await lockPreferences(tx, { workspaceId, personIds, now });
    const intents = notifications.map((notification, nth): Intent => {
      return { ...notification, ...meant(met.persons[nth]), isOvertaken: false };
    });
    // Only now: who waited for the lock must see what left meanwhile as past.
    const at = deps.clock.now();
    stored = await raiseWithin(deps, tx, { acting, intents, rules, preferences, at });
    return { kind: "raised", raised: stored.raised, zone };
  });
  await tellRaised(deps, workspaceId, stored);
  return outcome;
}

/** What is stored, and to be told once its transaction is through. */
export type StoredNotifications = {
  raised: Raised[];
  /** Of these and of what followed from them. */
  deliveries: DeliveryRow[];
  outcomes: EnqueueOutcome[];
};

export const NOTHING_STORED: StoredNotifications = { raised: [], deliveries: [], outcomes: [] };

/** Bells ring, and what was put into the outbox is shown and sent. */
export async function tellRaised(
  deps: Pick<Deps, "sql" | "clock" | "realtime" | "jobs" | "log">,
  workspaceId: WorkspaceId,
  { deliveries, outcomes }: StoredNotifications,
): Promise<void> {
  ringBells(deps, workspaceId, deliveries);
  await tellHandedOver(deps, outcomes);
}

/** A notification for a person whose preferences are held. */
export type Intent = Omit<NewNotification, "recipient"> & {
  personId: string;
  /** Where they asked to be reached this time; null: where they are reached as a rule. */
  toAddress: GivenAddress | null;
  /** It is pointless already: something newer about its subject was reported. */
  isOvertaken: boolean;
};

/** @throws where there is none: as many are met as were asked for */
export function meant(met: Met | undefined): Pick<Intent, "personId" | "toAddress"> {
  if (!met) throw new Error("every recipient was met");
  return { personId: met.personId, toAddress: met.address };
}

type Raising = {
  acting: Acting;
  intents: readonly Intent[];
  rules: NotificationRules;
  preferences: ReadonlyMap<string, Preferences>;
  at: Date;
};

/**
 * The same inside a transaction that holds the preferences of all who are meant. The caller tells of it
 * (`tellRaised`) once it is committed.
 */
export async function raiseWithin(
  deps: Pick<Deps, "clock" | "chance" | "cipher" | "settings">,
  tx: Database,
  { acting, intents, rules, preferences, at }: Raising,
): Promise<StoredNotifications> {
  if (intents.length === 0) return NOTHING_STORED;
  const { workspaceId } = acting;
  const personIds = intents.map(({ personId }) => personId);
  // That alerts come too often may have to be told too.
  const types = [...intents.map(({ type }) => type), HIGH_FREQUENCY];
  const { recipients } = await readRecipients(tx, {
    workspaceId,
    personIds,
    types,
    rules,
    preferences,
    at,
  });
  const plans = intents.flatMap((intent) => {
    const recipient = recipients.get(intent.personId);
    if (!recipient) throw new Error("a person of the workspace was just found");
    const planning = { acting, intent, recipient, rules, at };
    return withFrequency(deps, planning, plan(deps, planning));
  });
  const { raised, outcomes } = await store(deps, tx, { acting, plans, at });
  return {
    raised: raised.filter((_, nth) => plans[nth]?.isAsked),
    deliveries: raised.flatMap((one) => one.deliveries),
    outcomes,
  };
}

type Planning = {
  acting: Acting;
  intent: Intent;
  recipient: Recipient;
  rules: NotificationRules;
  at: Date;
};

type Plan = {
  row: NotificationRow;
  decided: Decided[];
  wanted: Wanted[];
  /** false: it follows from one that the caller asked for. */
  isAsked: boolean;
};

/** R024: where alerts to a recipient come too often, they are told of that too. */
function withFrequency(deps: Pick<Deps, "chance">, planning: Planning, asked: Plan): Plan[] {
  const { recipient, rules } = planning;
  if (asked.row.kind !== "alert") return [asked];
  const intent = tooFrequent(asked.row, recipient, rules);
  return intent ? [asked, { ...plan(deps, { ...planning, intent }), isAsked: false }] : [asked];
}

/** The rows of one notification; adds what leaves to the history of its recipient. */
function plan(deps: Pick<Deps, "chance">, planning: Planning): Plan {
  const { intent, recipient, rules, at } = planning;
  const row = notificationRow(deps, planning);
  const all: Decided[] = [];
  const wanted: Wanted[] = [];
  const asked = [...new Set(intent.channels ?? NOTIFICATION_CHANNELS)];
  const judging = { at, notification: row, recipient, rules };
  const judgeAll = intent.isOvertaken ? overtaken : judgeChannels;
  for (const judged of judgeAll(judging, asked)) {
    const { channel } = judged;
    const delivery = decided(deliveryRow(deps, row, judged), judged, at);
    if (delivery.fate === "queued" && channel !== "web") {
      const { reach } = judged;
      const words = wordsOf(row, { channel, recipient, reach });
      const { personId, kind, severity, expiresAt, id: notificationId } = row;
      const parcel = { personId, channel, reach, words, notificationId, kind, severity, expiresAt };
      wanted.push({ parcel, rows: [delivery] });
    } else all.push({ row: delivery, digestKey: digestKey(judged.decision, row.type) });
  }
  const isAtOnce = wanted.length > 0 || all.some((one) => one.row.fate === "web");
  const windowEndsAt = recipient.windows.get(row.type);
  row.opensWindow = isAtOnce && row.kind === "alert" && !(windowEndsAt && windowEndsAt > at);
  if (row.opensWindow) {
    recipient.windows.set(row.type, new Date(at.getTime() + rules.aggregationSeconds * 1000));
  }
  if (wanted.length > 0) recipient.left.push(at);
  return { row, decided: all, wanted, isAsked: true };
}

function notificationRow(
  deps: Pick<Deps, "chance">,
  { acting, intent, recipient, rules, at }: Planning,
): NotificationRow {
  const { channels: _, isOvertaken: __, toAddress, words, ...given } = intent;
  const data = { customer_name: recipient.name ?? "", ...given.data };
  const { actor } = acting;
  const replyCodes =
    given.replyCodes ?? findNotificationType(rules.types, given.type)?.replyCodes ?? [];
  const dies = given.isTimeSensitive ? new Date(at.getTime() + TIME_SENSITIVE_MS) : null;
  return {
    ...given,
    ...(words ?? templateTitle({ ...given, data }, recipient, rules)),
    ...(words === null || given.hasTemplate ? { data, hasTemplate: true } : { hasTemplate: false }),
    id: deps.chance.uuid(),
    workspaceId: acting.workspaceId,
    toAddress: toAddress && { kind: toAddress.kind, value: toAddress.value },
    expiresAt: given.expiresAt ?? dies,
    replyCodes: replyCodes.length > 0 ? replyCodes : null,
    answeredAt: null,
    answerAction: null,
    answerMessageId: null,
    opensWindow: false,
    leftAt: null,
    readAt: null,
    authorUserId: actor.kind === "user" ? actor.userId : null,
    apiKeyId: actor.kind === "api_key" ? actor.apiKeyId : null,
    createdAt: at,
  };
}

/**
 * What lists show of one that has a template: the subject of its e-mail, and its text. A type of the
 * workspace's own may have only some of them.
 */
function templateTitle(
  { type, data }: Pick<NewNotification, "type" | "data">,
  { locale, zone, templates }: Recipient,
  { types }: NotificationRules,
) {
  const told = { type, data, locale, zone };
  const words = (channel: Channel) => wordType(told, channel, templates);
  const title = titleOfType(told, templates) ?? findRegistered(types, type)?.names[locale] ?? type;
  const said = words("sms") ?? words("whatsapp") ?? words("email");
  return { title, body: said?.body ?? "" };
}

function deliveryRow(
  deps: Pick<Deps, "chance">,
  { workspaceId, id: notificationId, personId }: NotificationRow,
  { channel, insteadOf }: JudgedChannel,
) {
  const id = deps.chance.uuid();
  const nothing = { digestId: null, messageId: null, decisions: [] };
  return { id, workspaceId, notificationId, personId, channel, insteadOf, ...nothing };
}

type Storing = { acting: Acting; plans: readonly Plan[]; at: Date };

async function store(
  deps: Pick<Deps, "clock" | "chance" | "cipher" | "settings">,
  tx: Database,
  { acting, plans, at }: Storing,
): Promise<{ raised: Raised[]; outcomes: EnqueueOutcome[] }> {
  const { workspaceId } = acting;
  const wanted = plans.flatMap((one) => one.wanted);
  const all = plans.flatMap((one) => one.decided);
  const { rows: sent, outcomes } = await sendWanted(deps, tx, { acting, wanted });
  const kept = await gather(deps, tx, { workspaceId, all, at });
  const rows = [...sent, ...kept];
  const raised = plans.map(({ row }): Raised => {
    const own = rows.filter(({ notificationId }) => notificationId === row.id);
    const hasLeft = own.some(({ messageId }) => messageId !== null);
    return { notification: { ...row, leftAt: hasLeft ? at : null }, deliveries: own };
  });
  await insertRaised(tx, {
    workspaceId,
    notifications: raised.map(({ notification }) => notification),
    deliveries: rows,
    events: raised.flatMap(({ notification, deliveries }) =>
      deliveries.map((delivery) => fateEvent({ notification, delivery })),
    ),
  });
  return { raised, outcomes };
}
