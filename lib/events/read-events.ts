import { ownWordsOf } from "../domain/notification-types/own-words";
import {
  type EventFault,
  type ReportedEvent,
  readEvent,
} from "../domain/notification-types/read-event";
import { shipsTemplates, type TypeRegistry } from "../domain/notification-types/registry";
import type { Reminded } from "../domain/reminders/occurrences";
import { planOf, readReminded } from "../domain/reminders/read-reminded";
import type { Intent } from "../notifications/raise-notifications";

/** An event that nothing is wrong with, and what it would tell. */
export type EventIntent = ReportedEvent & {
  intent: Omit<Intent, "personId" | "toAddress" | "isOvertaken">;
  /** What reminders hang on; null: it plans none. */
  reminded: Reminded | null;
};

type Read =
  | { kind: "read"; events: EventIntent[] }
  /** Of the first that is wrong. */
  | { kind: "invalid"; index: number; faults: EventFault[] };

/**
 * Events as what they tell and plan.
 *
 * @param types those of the workspace
 * @param now when they happened, where they do not say
 */
export function readEvents(
  events: readonly (Omit<ReportedEvent, "occurredAt"> & { readonly occurredAt: Date | null })[],
  { types, now }: { types: TypeRegistry; now: Date },
): Read {
  const read: EventIntent[] = [];
  for (const [index, given] of events.entries()) {
    const { type, subject, data } = given;
    const event = { type, subject, data, occurredAt: given.occurredAt ?? now };
    const faults: EventFault[] = [];
    const told = readEvent(event, types);
    if (!told.ok) faults.push(...told.faults);
    const reminded = planOf(types, event) ? readReminded(event) : null;
    if (reminded && !reminded.ok && !faults.some(({ path }) => path === reminded.fault.path)) {
      faults.push({ code: "invalid_data", ...reminded.fault });
    }
    if (!told.ok || faults.length > 0) return { kind: "invalid", index, faults };
    read.push({
      ...event,
      reminded: reminded?.ok ? reminded.reminded : null,
      intent: {
        kind: told.type.kind,
        type: told.type.key,
        category: told.type.category,
        severity: told.severity,
        words: shipsTemplates(told.type) ? null : ownWordsOf(told.data),
        hasTemplate: true,
        subject,
        data: told.data,
        channels: told.type.defaultChannels,
        isTimeSensitive: told.type.isTimeSensitive,
        sendsImmediately: false,
        expiresAt: null,
      },
    });
  }
  return { kind: "read", events: read };
}
