import type { SenderKey, UserKey } from "../../db/demo/cast";
import { addDays, localTimeOf, momentsOf, weekdayOf } from "../../lib/domain/deciding/local-time";
import type { Severity } from "../../lib/domain/deciding/words";
import type { LoanTerm } from "../../lib/domain/reminders/words";
import type { EventToReport } from "../../lib/events/report-events";
import type { PreferenceChanges } from "../../lib/notifications/save-preferences";

/** How the demo's past is written down: what systems reported, and what people did about it. */

export type Reported =
  | { to: UserKey; type: string; data: EventToReport["data"] }
  | { to: { phone: string }; type: string; data: EventToReport["data"]; subject: Subject };
type Subject = NonNullable<EventToReport["subject"]>;

export type Step = { at: Date } & (
  | { kind: "reported"; events: readonly Reported[] }
  | { kind: "answered"; from: { phone: string }; on: SenderKey; text: string }
  | { kind: "read"; who: UserKey }
  | { kind: "preferred"; who: UserKey; changes: PreferenceChanges }
);

type Span = { from: Date; until: Date };

export type Story = {
  /** In their order, and past. */
  steps: readonly Step[];
  /** While nobody looked at what was due. */
  outage: Span | null;
  /** Addresses that nothing reached for a while. */
  unreachable: readonly (Span & { address: string })[];
};

/** As new workspaces are made. */
export const ZONE = "Europe/Paris";
const MINUTE = 60_000;

/** The hour of the wall's clock so many days before now. */
export function daysAgo(now: Date, days: number, time: string): Date {
  return momentsOf({ date: addDays(localTimeOf(now, ZONE).date, -days), time }, ZONE).first;
}

export function minutesAgo(now: Date, minutes: number): Date {
  return new Date(now.getTime() - minutes * MINUTE);
}

export function isSunday(at: Date): boolean {
  return weekdayOf(localTimeOf(at, ZONE).date) === "sun";
}

/** What is told happens in the order of time, and none of it in the future. */
export function inOrder(steps: readonly Step[], now: Date): Step[] {
  return steps.filter(({ at }) => at < now).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

type Alarm = { type: string; severity: Severity; title: string; message: string };

/** Something that the cameras saw, told to several. */
export function alarm(who: readonly UserKey[], { type, ...data }: Alarm): Reported[] {
  return who.map((to) => ({ to, type: `security.${type}`, data }));
}

export type Loan = { id: string; title: string; to: string; dueAt: Date; term?: LoanTerm };

export function lent(loan: Loan): Reported {
  const { to: phone, term } = loan;
  const data = term ? { loan_term: term } : {};
  return { to: { phone }, type: "loan.assigned", data, subject: aboutLoan(loan) };
}

export function returned(loan: Loan): Reported {
  return { to: { phone: loan.to }, type: "loan.returned", data: {}, subject: aboutLoan(loan) };
}

function aboutLoan({ id, title, dueAt }: Loan): Subject {
  const url = `https://prets.atelier-solstice.example/${id}`;
  return { type: "loan", id, title, url, dueAt: dueAt.toISOString() };
}

export type Visit = { number: string; to: string; service: string; wait: number; by: string };

export function queued({ number, to: phone, service, wait }: Visit): Reported {
  const said = { service_name: service, queue_name: number.slice(0, 1), eta_minutes: wait };
  return ticket("created", phone, { ticket_number: number, ...said });
}

export function almostCalled({ number, to }: Visit): Reported {
  return ticket("almost_called", to, { ticket_number: number });
}

export function called({ number, to, by }: Visit): Reported {
  return ticket("called", to, { ticket_number: number, agent_name: by });
}

function ticket(what: string, phone: string, data: Record<string, string | number>): Reported {
  const number = String(data.ticket_number);
  const subject = { type: "ticket", id: number, title: number };
  return { to: { phone }, type: `ticket.${what}`, data, subject };
}
