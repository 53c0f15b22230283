import type { NotificationRules } from "../../db/queries/notification-rules";
import type { DeliveryRow, KeptDelivery } from "../../db/writes/notifications";
import { digestKey } from "../domain/deciding/aggregation";
import { type NotificationChannel, SEVERITIES } from "../domain/deciding/words";
import { summaryWords } from "../domain/notification-words";
import type { Channel } from "../domain/words";
import { type Judged, type JudgedChannel, judge, judgeNext } from "./judge";
import { forgetDeparture, leftBesides, type Recipient } from "./recipients";
import { asResent, type Decided, decided, type Wanted } from "./settle-deliveries";
import { NO_TEMPLATE, wordsOf } from "./word-notification";

/** What is decided together: a digest's deliveries, or one notification's. */
export type Group = { digestId: string | null; kept: readonly KeptDelivery[] };

type Planning = {
  group: Group;
  /** When it left before, which holds; null: it did not. */
  leftAt: Date | null;
  recipient: Recipient;
  rules: NotificationRules;
  appUrl: string;
  at: Date;
  /** By notification, the channels on which it was decided so far. */
  channels: ReadonlyMap<string, readonly NotificationChannel[]>;
  newId: () => string;
};
type Planned = Pick<Planning, "group" | "leftAt"> & {
  decided: Decided[];
  wanted: Wanted[];
  /** Of deliveries that are made only now, in the place of one that was kept. */
  added: ReadonlySet<string>;
};

/**
 * Asks the gates again about what they kept, and makes one message of what they let through, a channel
 * ("one summary per channel"). Where who raised them named different numbers of the person (`toAddress`)
 * it is one a number: a summary to either would bring there what was asked to go elsewhere. Adds to the
 * history of the recipient what leaves: one, however many messages that is and however many it tells of.
 */
export function planRelease(planning: Planning): Planned {
  const { group, leftAt, recipient, appUrl, at, newId } = planning;
  const others: Decided[] = [];
  const leaving = new Map<string, Leaving[]>();
  const added = new Set<string>();
  for (const { kept, judged } of judgeAll(planning)) {
    const row = redecided(kept, decided(deliveryOf(kept, judged, newId), judged, at));
    if (row.id !== kept.delivery.id) added.add(row.id);
    const { channel } = row;
    if (row.fate === "queued" && channel !== "web") {
      const place = `${channel} ${judged.reach.value}`;
      const one = { ...kept, delivery: row, channel, judged };
      leaving.set(place, [...(leaving.get(place) ?? []), one]);
    } else others.push({ row, digestKey: digestKey(judged.decision, kept.notification.type) });
  }
  if (leaving.size > 0) {
    forgetDeparture(recipient, leftAt);
    recipient.left.push(at);
  }
  const wanted = [...leaving.values()].flatMap(
    (all) => toMessage(all, { recipient, appUrl }) ?? [],
  );
  return { group, leftAt, decided: others, wanted, added };
}

/** The trail of one whose message WhatsApp refused goes on to that message; nobody asked for it. */
function redecided({ delivery: { id, messageId } }: KeptDelivery, row: DeliveryRow): DeliveryRow {
  return messageId === null || row.id !== id ? row : asResent(row, { messageId, userId: null });
}

/** What is decided about a kept one, or about what stands in for it: then a delivery of its own. */
function deliveryOf({ delivery }: KeptDelivery, judged: JudgedChannel, newId: () => string) {
  const { channel, insteadOf } = judged;
  if (channel === delivery.channel) return { ...delivery, messageId: null };
  return { ...delivery, id: newId(), channel, insteadOf, messageId: null, decisions: [] };
}

type Verdict = { kept: KeptDelivery; judged: JudgedChannel };

/** A critical one waits for no free place, and takes what is gathered with it along. */
function judgeAll(planning: Planning): Verdict[] {
  const judged = judgeGroup(planning);
  const hasCritical = judged.some(
    ({ kept, judged: { decision } }) =>
      kept.notification.severity === "critical" && decision.fate === "queued",
  );
  return hasCritical ? judgeGroup(planning, []) : judged;
}

/**
 * No approved text tells of several: where more than one would leave by such a text, WhatsApp is closed to
 * the summary.
 */
function judgeGroup({ group, channels, ...planning }: Planning, left?: readonly Date[]): Verdict[] {
  const { leftAt, recipient, rules, at } = planning;
  // What was gathered has waited its time: another of its type does not begin it anew.
  const waited = { ...recipient, windows: new Map() };
  const besides = { left: leftBesides(recipient, leftAt) };
  const leftBesidesOwn = (notification: KeptDelivery["notification"]) =>
    group.digestId === null ? besides.left : leftBesides(besides, notification.leftAt);
  const judgingOf = ({ notification, delivery }: KeptDelivery, hasTemplate: boolean) => ({
    ...{ at, recipient: waited, rules },
    // Its own first try takes no place in the hour from it.
    left: left ?? leftBesidesOwn(notification),
    isWindowClosed: delivery.messageId !== null,
    notification: { ...notification, hasTemplate },
  });
  const ask = (kept: KeptDelivery, hasTemplate: boolean): Verdict => {
    const { channel, insteadOf } = kept.delivery;
    const judged = judge({ ...judgingOf(kept, hasTemplate), channel });
    return { kept, judged: { ...judged, channel, insteadOf } };
  };
  const alone = group.kept.map((kept) => ask(kept, kept.notification.hasTemplate));
  const approved = alone.filter(
    ({ judged: { reach, decision } }) => reach.needsApproved && decision.fate === "queued",
  );
  const isOfSummary = (verdict: Verdict) =>
    approved.includes(verdict) &&
    approved.some((other) => {
      return other !== verdict && other.judged.reach.value === verdict.judged.reach.value;
    });
  return alone.flatMap((verdict): Verdict[] => {
    const { kept } = verdict;
    const { channel, notificationId } = kept.delivery;
    if (channel !== "whatsapp") return [verdict];
    const hasTemplate = kept.notification.hasTemplate && !isOfSummary(verdict);
    const own = isOfSummary(verdict) ? ask(kept, hasTemplate) : verdict;
    const next = judgeNext(judgingOf(kept, hasTemplate), channels.get(notificationId) ?? []);
    return [own, ...next.map((judged) => ({ kept, judged }))];
  });
}

type Leaving = KeptDelivery & { channel: Channel; judged: Judged };

/** null: of nothing. */
function toMessage(
  leaving: readonly Leaving[],
  { recipient, appUrl }: Pick<Planning, "recipient" | "appUrl">,
): Wanted | null {
  const [first] = leaving;
  if (!first) return null;
  const told = leaving.map(({ notification }) => notification);
  const isOne = told.length === 1;
  const { channel } = first;
  return {
    parcel: {
      personId: recipient.personId,
      channel,
      reach: first.judged.reach,
      words: isOne
        ? wordsOf(first.notification, { channel, recipient, reach: first.judged.reach })
        : {
            ...summaryWords(told, {
              channel,
              locale: recipient.locale,
              listUrl: recipient.isUser ? `${appUrl}/notifications` : null,
            }),
            ...NO_TEMPLATE,
          },
      notificationId: isOne ? first.notification.id : null,
      kind: first.notification.kind,
      severity:
        SEVERITIES.findLast((one) => told.some(({ severity }) => severity === one)) ?? "low",
      expiresAt: lastExpiry(told.map(({ expiresAt }) => expiresAt)),
    },
    rows: leaving.map(({ delivery }) => delivery),
  };
}

/** A summary is of use as long as anything in it is; null: always. */
function lastExpiry(all: readonly (Date | null)[]): Date | null {
  const times = all.flatMap((at) => (at === null ? [] : [at.getTime()]));
  return times.length < all.length || times.length === 0 ? null : new Date(Math.max(...times));
}
