import {
  type EventFault,
  type ReportedEvent,
  readEvent,
} from "../domain/notification-types/read-event";
import { hasTemplate } from "../domain/notification-types/registry";
import type { Actor } from "../domain/viewer";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import type { RecipientRef, RecipientRefusal } from "./find-persons";
import { type NewNotification, type Raised, raiseNotifications } from "./raise-notifications";
import { readTypes } from "./read-types";

export type EventToReport = Omit<ReportedEvent, "occurredAt"> & {
  recipient: RecipientRef;
  /** null: now. */
  occurredAt: Date | null;
};

export type ReportOutcome =
  /** What each event triggered, in their order. */
  | { kind: "reported"; raised: Raised[] }
  /** Of the first event that is wrong; nothing is stored of any. */
  | { kind: "invalid"; index: number; faults: EventFault[] }
  | RecipientRefusal;

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log" | "settings"
>;
type Reporting = {
  acting: { workspaceId: WorkspaceId; actor: Actor };
  events: readonly EventToReport[];
};

/** A business system says what happened: who is concerned is told in the words of the type's templates. */
export async function reportEvents(
  deps: Needs,
  { acting, events }: Reporting,
): Promise<ReportOutcome> {
  const now = deps.clock.now();
  const types = await readTypes(deps.db, acting.workspaceId);
  const notifications: NewNotification[] = [];
  for (const [index, { recipient, ...event }] of events.entries()) {
    const read = readEvent({ ...event, occurredAt: event.occurredAt ?? now }, types);
    if (!read.ok) return { kind: "invalid", index, faults: read.faults };
    const { type, severity, data } = read;
    notifications.push({
      recipient,
      kind: type.kind,
      type: type.key,
      category: type.category,
      severity,
      words: hasTemplate(type) ? null : { title: String(data.title), body: String(data.message) },
      subject: event.subject,
      data,
      channels: type.defaultChannels,
      isTimeSensitive: type.isTimeSensitive,
      sendsImmediately: false,
      expiresAt: null,
    });
  }
  const outcome = await raiseNotifications(deps, { acting, notifications });
  return outcome.kind === "raised" ? { kind: "reported", raised: outcome.raised } : outcome;
}
