import type { Database } from "../../db/client";
import { RESENT } from "../../db/queries/messages";
import type { NotificationRules } from "../../db/queries/notification-rules";
import { findNotification, type NotificationWithDeliveries } from "../../db/queries/notifications";
import { insertAudit } from "../../db/writes/audit";
import {
  type DeliveryRow,
  holdMessages,
  insertDeliveries,
  markLeft,
  renew,
  settleDeliveries,
} from "../../db/writes/notifications";
import { lockPreferences } from "../../db/writes/preferences";
import { addAllToTimeline } from "../../db/writes/timeline";
import { digestKey } from "../domain/deciding/aggregation";
import type { NotificationChannel } from "../domain/deciding/words";
import { resendableOf } from "../domain/history/delivery-state";
import type { Actor, Administrator } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import type { EnqueueOutcome } from "../outbound/enqueue-message";
import type { Deps } from "../ports/deps";
import { tellHandedOver } from "./hand-over";
import { type Judged, judge, judgeNext } from "./judge";
import { oweFates } from "./owe-fates";
import { leftBesides, type Recipient, readRecipients } from "./recipients";
import { ringBells } from "./ring-bells";
import {
  asResent,
  type Decided,
  decided,
  gather,
  sendWanted,
  type Wanted,
} from "./settle-deliveries";
import { wordsOf } from "./word-notification";

export type ResendOutcome =
  | { kind: "resent"; deliveries: DeliveryRow[] }
  | { kind: "not_found" }
  /** All of it arrived, is under way or is kept for later. */
  | { kind: "nothing_to_resend" };

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "cipher" | "realtime" | "jobs" | "log" | "settings"
>;

type Resending = {
  id: string;
  /** null: those on which it came to nothing. One on which it was never decided is decided now. */
  channels: readonly NotificationChannel[] | null;
};

/**
 * Decides anew what failed, was refused or came too late, and truly sends what the gates let through as
 * a new message. Consent, preferences, hours and caps hold as they do today; that it had expired does
 * not, since a person asks for it. What has not failed is left alone, so a second click finds nothing.
 */
export async function resendNotification(
  deps: Needs,
  by: Administrator,
  { id, channels }: Resending,
): Promise<ResendOutcome> {
  let outcomes: EnqueueOutcome[] = [];
  const outcome = await deps.db.transaction(async (tx): Promise<ResendOutcome> => {
    const opened = await open(deps, tx, { workspaceId: by.workspaceId, id });
    if (!opened) return { kind: "not_found" };
    const wanted = chosen(deps, opened.notification, channels);
    if (wanted.length === 0) return { kind: "nothing_to_resend" };
    const stored = await decideAnew(deps, tx, { ...opened, wanted, by });
    outcomes = stored.outcomes;
    await record(tx, by, { ...opened, rows: stored.rows });
    await markReplaced(tx, by, { wanted, at: opened.at });
    const { notification } = opened;
    const fates = stored.rows.map((delivery) => ({ notification, delivery }));
    await oweFates(tx, { workspaceId: by.workspaceId, fates });
    return { kind: "resent", deliveries: stored.rows };
  });
  if (outcome.kind === "resent") ringBells(deps, by.workspaceId, outcome.deliveries);
  await tellHandedOver(deps, outcomes);
  return outcome;
}

type Opened = {
  notification: NotificationWithDeliveries;
  recipient: Recipient;
  rules: NotificationRules;
  at: Date;
};

/** Reads it once nobody else decides about its person; null: there is none. */
async function open(
  { clock }: Needs,
  tx: Database,
  { workspaceId, id }: { workspaceId: WorkspaceId; id: string },
): Promise<Opened | null> {
  const whose = { workspaceId, personId: "all", id } as const;
  const found = await findNotification(tx, whose);
  if (!found) return null;
  const personIds = [found.personId];
  const preferences = await lockPreferences(tx, { workspaceId, personIds, now: clock.now() });
  const at = clock.now();
  const ids = found.deliveries.flatMap(({ messageId }) => messageId ?? []);
  await holdMessages(tx, { workspaceId, ids });
  // Once more: who waited for the lock must see what was decided meanwhile.
  const notification = await findNotification(tx, whose);
  const types = [found.type];
  const read = await readRecipients(tx, { workspaceId, personIds, types, preferences, at });
  const recipient = read.recipients.get(found.personId);
  return notification && recipient ? { notification, recipient, rules: read.rules, at } : null;
}

type Undecided = Omit<DeliveryRow, "fate" | "reason" | "releaseAt" | "decidedAt">;

/** The deliveries to be decided, as far as they came to nothing. */
function chosen(
  { chance }: Needs,
  { id: notificationId, deliveries, workspaceId, personId }: NotificationWithDeliveries,
  channels: Resending["channels"],
): Undecided[] {
  const names = channels ?? deliveries.map(({ channel }) => channel);
  const resendable = resendableOf(deliveries);
  return [...new Set(names)].flatMap((channel): Undecided[] => {
    const known = deliveries.find((one) => one.channel === channel);
    const own = { id: chance.uuid(), workspaceId, notificationId, personId, channel };
    const nothing = { insteadOf: null, digestId: null, messageId: null, decisions: [] };
    if (!known) return [{ ...own, ...nothing }];
    const { messageStatus, messageError: _, ...row } = known;
    return resendable.includes(known) ? [row] : [];
  });
}

type Deciding = Opened & { wanted: readonly Undecided[]; by: Administrator };

async function decideAnew(
  deps: Needs,
  tx: Database,
  { notification, recipient, rules, at, wanted, by }: Deciding,
): Promise<{ rows: DeliveryRow[]; outcomes: EnqueueOutcome[] }> {
  const { workspaceId } = by;
  const { expiresAt } = notification;
  const asked = { ...notification, expiresAt: expiresAt && expiresAt > at ? expiresAt : null };
  // Its own first try is no reason to gather it, and takes no place in the hour from it.
  const left = leftBesides(recipient, notification.leftAt);
  const waited = { ...recipient, windows: new Map(), left };
  const leaving: Wanted[] = [];
  const others: Decided[] = [];
  const judging = { at, notification: asked, recipient: waited, rules };
  for (const { row, judged } of judgeAnew(deps, { judging, wanted, known: notification })) {
    const { channel } = row;
    const delivery = asResent(decided({ ...row, digestId: null, messageId: null }, judged, at), {
      messageId: row.messageId,
      userId: userOf(by.actor),
    });
    if (delivery.fate === "queued" && channel !== "web") {
      const { personId, kind, severity, id: notificationId } = asked;
      const words = wordsOf(asked, { channel, recipient, reach: judged.reach });
      const told = { personId, channel, words, notificationId, kind, severity };
      const parcel = { ...told, reach: judged.reach, expiresAt: asked.expiresAt };
      leaving.push({ parcel, rows: [delivery] });
    } else others.push({ row: delivery, digestKey: digestKey(judged.decision, asked.type) });
  }
  // By the system, as the first time: a reply of an agent would open the conversation in the inbox.
  const acting = { workspaceId, actor: { kind: "system" } as const };
  const { rows, outcomes } = await sendWanted(deps, tx, { acting, wanted: leaving });
  const kept = await gather(deps, tx, { workspaceId, all: others, at });
  return { rows: [...rows, ...kept], outcomes };
}

type Verdict = { row: Undecided; judged: Judged };
type Judging = {
  judging: Parameters<typeof judgeNext>[0];
  wanted: readonly Undecided[];
  known: Pick<NotificationWithDeliveries, "deliveries">;
};

/**
 * Of WhatsApp and what stood in for it one leaves at most: WhatsApp where it carries it by now, else the
 * one that stood in, else one that does so from now on.
 */
function judgeAnew({ chance }: Needs, { judging, wanted, known }: Judging): Verdict[] {
  const channels = [...known.deliveries, ...wanted].map(({ channel }) => channel);
  const hasNext = known.deliveries.some(({ insteadOf }) => insteadOf !== null);
  const verdicts = wanted.map((row) => ({ row, judged: judge({ ...judging, ...row }) }));
  const isRefused = (channel: NotificationChannel) =>
    verdicts.every(({ row, judged }) => {
      return row.channel !== channel || judged.decision.fate === "refused";
    });
  const standing = verdicts.filter(({ row: { insteadOf } }) => {
    return insteadOf === null || isRefused(insteadOf);
  });
  const whatsapp = wanted.find(({ channel }) => channel === "whatsapp");
  if (!whatsapp || hasNext) return standing;
  const next = judgeNext(judging, channels).map(({ channel, insteadOf, ...judged }): Verdict => {
    const nothing = { digestId: null, messageId: null, decisions: [] };
    return { row: { ...whatsapp, ...nothing, id: chance.uuid(), channel, insteadOf }, judged };
  });
  return [...standing, ...next];
}

function userOf(actor: Actor): string | null {
  return actor.kind === "user" ? actor.userId : null;
}

/** The messages that came to nothing are not to be tried again besides (retryMessage). */
async function markReplaced(
  tx: Database,
  { workspaceId, actor }: Administrator,
  { wanted, at }: { wanted: readonly Undecided[]; at: Date },
) {
  const ids = wanted.flatMap(({ messageId }) => messageId ?? []);
  const entries = ids.map((messageId) => ({ workspaceId, messageId, at, event: RESENT, actor }));
  await addAllToTimeline(tx, entries);
}

async function record(
  tx: Database,
  by: Administrator,
  { notification, rows, at }: Opened & { rows: readonly DeliveryRow[] },
) {
  const { workspaceId, actor } = by;
  const { id, expiresAt, deliveries } = notification;
  const known = new Set(deliveries.map((one) => one.id));
  await settleDeliveries(
    tx,
    workspaceId,
    rows.filter((row) => known.has(row.id)),
  );
  await insertDeliveries(
    tx,
    rows.filter((row) => !known.has(row.id)),
  );
  if (expiresAt !== null && expiresAt <= at) await renew(tx, { workspaceId, id });
  if (rows.some(({ messageId }) => messageId !== null)) await markLeft(tx, { workspaceId, id, at });
  const data = { channels: rows.map(({ channel, fate }) => `${channel} ${fate}`) };
  const target = { type: "notification", id };
  await insertAudit(tx, { workspaceId, at, actor, action: "notification.resent", target, data });
}
