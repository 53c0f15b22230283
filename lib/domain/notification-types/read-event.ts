import { SEVERITIES, type Severity } from "../deciding/words";
import type { Subject } from "../subject";
import { findWordingFaults } from "../templates/word-type";
import type { NotificationType } from "./notification-type";
import { READY_TYPES } from "./ready-types";

/** What a business system reports (glossary). */
export type ReportedEvent = {
  readonly type: string;
  readonly subject: Subject | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly occurredAt: Date;
};

export type EventFault = {
  /** The field of the event that is wrong, such as `data.ticket_number` or `subject.dueAt`. */
  path: string;
  code: "invalid_data" | "due_in_past" | "unknown_severity";
  message: string;
};

export type ReadEvent =
  | { ok: true; type: NotificationType; severity: Severity; data: Record<string, unknown> }
  | { ok: false; faults: EventFault[] };

/** Of what events are told at once; reminders follow from them. */
const EVENT_TYPES = READY_TYPES.filter(({ reminder }) => reminder === null);

export const EVENT_TYPE_KEYS: readonly string[] = EVENT_TYPES.map(({ key }) => key);

/** Which field of an event fills a variable; all others are `data`'s own. */
const PATHS: Readonly<Record<string, string>> = {
  item_name: "subject.title",
  due: "subject.dueAt",
  link: "subject.url",
  occurred_at: "occurredAt",
};

/**
 * The values that a type's templates are filled with, made of an event. Whatever no template could fill
 * is named, and so is a date by which something is due that is past already.
 *
 * @throws where the type is none of `EVENT_TYPE_KEYS`: the door's schema lets no other through
 */
export function readEvent({ type: key, subject, data, occurredAt }: ReportedEvent): ReadEvent {
  const type = EVENT_TYPES.find((known) => known.key === key);
  if (!type) throw new Error(`${key} is no type of event`);
  const severity = readSeverity(type, data.severity);
  const values = {
    ...fromSubject(subject),
    occurred_at: occurredAt.toISOString(),
    ...data,
    severity: severity ?? type.severities[0],
  };
  const faults = findWordingFaults(type, { customer_name: "", ...values }).map(
    ({ name, message }): EventFault => {
      const path = PATHS[name] ?? `data.${name}`;
      return { path, code: "invalid_data", message };
    },
  );
  if (severity === null) faults.push(unknownSeverity(type));
  if (type.key === "loan.assigned" && isPast(subject, occurredAt)) faults.push(DUE_IN_PAST);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, type, severity: values.severity, data: values };
}

function fromSubject(subject: Subject | null): Record<string, unknown> {
  if (!subject) return {};
  const { title, url, dueAt, dueOn } = subject;
  const due = dueAt ?? dueOn;
  return { item_name: title, ...(url && { link: url }), ...(due && { due }) };
}

/** The type's usual one where none is given; null: it is none that the type can have. */
function readSeverity({ severities }: NotificationType, given: unknown): Severity | null {
  if (given === undefined) return severities[0];
  const severity = SEVERITIES.find((known) => known === given);
  return severity && severities.includes(severity) ? severity : null;
}

function unknownSeverity({ key, severities }: NotificationType): EventFault {
  const message = `${key} can be ${severities.join(", ")}`;
  return { path: "data.severity", code: "unknown_severity", message };
}

/** A date is over when its day is, wherever that is. */
function isPast(subject: Subject | null, at: Date): boolean {
  if (subject?.dueAt) return new Date(subject.dueAt) <= at;
  const endOfDay = subject?.dueOn ? Date.parse(`${subject.dueOn}T23:59:59-12:00`) : null;
  return endOfDay !== null && endOfDay < at.getTime();
}

const DUE_IN_PAST: EventFault = {
  path: "subject.dueAt",
  code: "due_in_past",
  message: "Must lie after occurredAt: what is due already cannot be reminded of",
};
