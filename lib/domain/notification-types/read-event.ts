import { SEVERITIES, type Severity } from "../deciding/words";
import type { Subject } from "../subject";
import { fillVariables } from "../templates/variables";
import { findWordingFaults, valueFaultMessage, type WordingFault } from "../templates/word-type";
import type { NotificationType } from "./notification-type";
import { LONGEST, ownWordsOf } from "./own-words";
import {
  findRegistered,
  isReported,
  type RegisteredType,
  shipsTemplates,
  type TypeRegistry,
} from "./registry";

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
  code: "unknown_type" | "invalid_data" | "due_in_past" | "unknown_severity";
  message: string;
};

export type ReadEvent =
  | { ok: true; type: RegisteredType; severity: Severity; data: Record<string, unknown> }
  | { ok: false; faults: EventFault[] };

/** Which field of an event fills a variable; all others are `data`'s own. */
const PATHS: Readonly<Record<string, string>> = {
  item_name: "subject.title",
  due: "subject.dueAt",
  link: "subject.url",
  occurred_at: "occurredAt",
};

/**
 * The values that a type's templates are filled with, made of an event. Whatever no template could fill
 * is named, and so are a type that the workspace does not have, and a date by which something is due that
 * is past already. Of a type of the workspace's own an event may say in `title` and `message` what stands
 * in for templates; it then needs no variable.
 *
 * @param types those of the workspace
 */
export function readEvent(event: ReportedEvent, types: TypeRegistry): ReadEvent {
  const { type: key, subject, data, occurredAt } = event;
  const type = findRegistered(types, key);
  if (!type || !isReported(type)) return { ok: false, faults: [unknownType(key)] };
  const severity = readSeverity(type, data.severity);
  const values = {
    ...fromSubject(subject),
    occurred_at: occurredAt.toISOString(),
    ...data,
    severity: severity ?? type.severities[0],
  };
  const filling = { customer_name: "", ...values };
  const isShipped = shipsTemplates(type);
  const wrong = isShipped ? findWordingFaults(type, filling) : findOwnFaults(type, filling);
  const faults = wrong.map(({ name, message }): EventFault => {
    const path = PATHS[name] ?? `data.${name}`;
    return { path, code: "invalid_data", message };
  });
  if (severity === null) faults.push(unknownSeverity(type));
  if (type.key === "loan.assigned" && isPast(subject, occurredAt)) faults.push(DUE_IN_PAST);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, type, severity: values.severity, data: values };
}

/** What no template of a workspace's own type could be filled with, and words that are too long. */
function findOwnFaults(
  { variables }: RegisteredType,
  data: Readonly<Record<string, unknown>>,
): WordingFault[] {
  const words = ownWordsOf(data);
  const needed = words ? [] : variables.map(({ name }) => name);
  const filled = fillVariables(variables, data, needed);
  const wrong = filled.ok ? [] : filled.faults;
  return [
    ...(words ? tooLong(words) : []),
    ...wrong.map(({ name, fault }) => ({ name, message: valueFaultMessage(fault) })),
  ];
}

function tooLong({ title, body }: { title: string; body: string }): WordingFault[] {
  return Object.entries({ title, message: body }).flatMap(([name, text]) => {
    const most = LONGEST[name === "title" ? "title" : "message"];
    return text.length > most ? [{ name, message: `At most ${most} characters` }] : [];
  });
}

function unknownType(key: string): EventFault {
  const message = `${key} is no type of this workspace that events report`;
  return { path: "type", code: "unknown_type", message };
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
