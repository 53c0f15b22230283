import type { KeptDelivery } from "../../db/writes/notifications";
import { digestKey } from "../domain/deciding/aggregation";
import { SEVERITIES } from "../domain/deciding/words";
import { summaryWords } from "../domain/notification-words";
import type { Channel } from "../domain/words";
import { type Judged, judge } from "./judge";
import type { NotificationRules, Recipient } from "./recipients";
import { type Decided, decided, type Wanted } from "./settle-deliveries";
import { NO_TEMPLATE, wordsOf } from "./word-notification";

/** What is decided together: a digest's deliveries, or one notification's. */
export type Group = { digestId: string | null; kept: readonly KeptDelivery[] };

type Planning = {
  group: Group;
  recipient: Recipient;
  rules: NotificationRules;
  appUrl: string;
  at: Date;
};
type Planned = { group: Group; decided: Decided[]; wanted: Wanted[] };

/**
 * Asks the gates again about what they kept, and makes one message a channel of what they let through.
 * Adds to the history of the recipient what leaves: one, however many it tells of.
 */
export function planRelease(planning: Planning): Planned {
  const { group, recipient, appUrl, at } = planning;
  const judged = judgeAll(planning);
  const others: Decided[] = [];
  const leaving = new Map<string, Leaving[]>();
  for (const [nth, kept] of group.kept.entries()) {
    const verdict = judged[nth];
    if (!verdict) continue;
    const row = decided(kept.delivery, verdict, at);
    const { channel } = row;
    if (row.fate === "queued" && channel !== "web") {
      const place = `${channel} ${verdict.reach.value}`;
      const one = { ...kept, delivery: row, channel, judged: verdict };
      leaving.set(place, [...(leaving.get(place) ?? []), one]);
    } else others.push({ row, digestKey: digestKey(verdict.decision, kept.notification.type) });
  }
  if (leaving.size > 0) recipient.left.push(at);
  const wanted = [...leaving.values()].flatMap(
    (all) => toMessage(all, { recipient, appUrl }) ?? [],
  );
  return { group, decided: others, wanted };
}

/** A critical one waits for no free place, and takes what is gathered with it along. */
function judgeAll({ group, recipient, rules, at }: Planning): Judged[] {
  // What was gathered has waited its time: another of its type does not begin it anew.
  const waited = { ...recipient, windows: new Map() };
  const ask = (left?: readonly Date[]) =>
    group.kept.map(({ delivery: { channel }, notification }) =>
      judge({ at, notification, channel, recipient: waited, rules, ...(left && { left }) }),
    );
  const judged = ask();
  const hasCritical = group.kept.some(
    ({ notification }, nth) =>
      notification.severity === "critical" && judged[nth]?.decision.fate === "queued",
  );
  return hasCritical ? ask([]) : judged;
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
