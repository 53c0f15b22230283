import { describe, expect, it } from "vitest";
import type { Due } from "./due";
import { occurrencesOf } from "./occurrences";
import { LOAN_PLAN } from "./plan";
import { planReminders } from "./plan-reminders";
import { cancelReminders, type ReminderRow, reconcileReminders } from "./reconcile-reminders";
import type { LoanTerm } from "./words";

const OFFICE = { zone: "Europe/Paris", workingHours: [] };
const utc = (text: string) => new Date(`${text}Z`);
const FRIDAY: Due = { dueAt: utc("2026-11-27T15:00:00") };
const PLANNED_AT = utc("2026-11-20T10:00:00");

function rowsOf(due: Due, changes: Record<string, Partial<ReminderRow>> = {}): ReminderRow[] {
  return planReminders(LOAN_PLAN, {
    subject: { due, term: "medium" },
    office: OFFICE,
    now: PLANNED_AT,
  }).map((row) => {
    const id = `${row.key} ${row.date}`;
    return { ...row, id, ...changes[id] };
  });
}

/** The changes but to overdue ones, as `move <id> → <key date> <status or reason>`. */
function change(
  rows: readonly ReminderRow[],
  due: Due,
  { now = PLANNED_AT, term = "medium" }: { now?: Date; term?: LoanTerm } = {},
): string[] {
  const wanted = occurrencesOf(LOAN_PLAN, { due, term }, OFFICE);
  const { add, move, cancel } = reconcileReminders(rows, { wanted, now });
  const tell = ({ key, date, status, reason }: (typeof add)[number]) =>
    `${key} ${date} ${reason ?? status}`;
  return [
    ...add.map((one) => `add ${tell(one)}`),
    ...move.map(({ id, to }) => `move ${id} → ${tell(to)}`),
    ...cancel.map(({ id, reason }) => `cancel ${id} ${reason}`),
  ].filter((line) => !line.includes("overdue"));
}

describe("a changed due date", () => {
  it("R305 that is the same again changes nothing", () => {
    expect(change(rowsOf(FRIDAY), FRIDAY)).toEqual([]);
  });

  it("R305 leaves a row whose hour has come and that waits for the next look", () => {
    expect(change(rowsOf(FRIDAY), FRIDAY, { now: utc("2026-11-25T08:00:30") })).toEqual([]);
  });

  it("R306 R307 R308 R309 moves all that is unsent", () => {
    expect(change(rowsOf(FRIDAY), { dueAt: utc("2026-12-11T15:00:00") })).toEqual([
      "move J-2 2026-11-25 → J-2 2026-12-09 scheduled",
      "move J-1 2026-11-26 → J-1 2026-12-10 scheduled",
      "move day 2026-11-27 → day 2026-12-11 scheduled",
      "move 2h 2026-11-27 → 2h 2026-12-11 scheduled",
    ]);
  });

  it("R306 leaves what was sent, and reminds anew of the new date", () => {
    const rows = rowsOf(FRIDAY, { "J-2 2026-11-25": { status: "sent" } });
    const now = utc("2026-11-25T12:00:00");
    expect(change(rows, { dueAt: utc("2026-12-11T15:00:00") }, { now })[0]).toBe(
      "add J-2 2026-12-09 scheduled",
    );
  });

  it("R309 never sends again what was sent for the same local date", () => {
    const rows = rowsOf(FRIDAY, { "2h 2026-11-27": { status: "sent" } });
    const now = utc("2026-11-27T13:05:00");
    expect(change(rows, { dueAt: utc("2026-11-27T18:00:00") }, { now })).toEqual([
      "move day 2026-11-27 → day 2026-11-27 scheduled",
    ]);
  });

  it("R309 moves within the day, also what has expired there", () => {
    const expired = { status: "expired", reason: "not_in_time" } as const;
    const rows = rowsOf(FRIDAY, { "2h 2026-11-27": expired, "day 2026-11-27": { status: "sent" } });
    const now = utc("2026-11-27T14:00:00");
    expect(change(rows, { dueAt: utc("2026-11-27T18:00:00") }, { now })).toContain(
      "move 2h 2026-11-27 → 2h 2026-11-27 scheduled",
    );
  });

  it("R307 brought forward skips what is past by then", () => {
    const now = utc("2026-11-24T12:00:00");
    expect(change(rowsOf(FRIDAY), { dueAt: utc("2026-11-25T15:00:00") }, { now })).toEqual([
      "move J-2 2026-11-25 → J-2 2026-11-23 planned_too_late",
      "move J-1 2026-11-26 → J-1 2026-11-24 planned_too_late",
      "move day 2026-11-27 → day 2026-11-25 scheduled",
      "move 2h 2026-11-27 → 2h 2026-11-25 scheduled",
    ]);
  });

  it("R311 a term without two hours cancels them, and its day lasts until the due time", () => {
    expect(change(rowsOf(FRIDAY), FRIDAY, { term: "long" })).toEqual([
      "move day 2026-11-27 → day 2026-11-27 scheduled",
      "cancel 2h 2026-11-27 due_changed",
    ]);
  });

  it("R309 a date in place of a moment cancels the two hours", () => {
    expect(change(rowsOf(FRIDAY), { dueOn: "2026-11-27" })).toContain(
      "cancel 2h 2026-11-27 due_changed",
    );
  });

  it.each([
    ["closed", true],
    ["due_changed", true],
    ["by_hand", false],
    ["by_reply", false],
  ] as const)("R308 one canceled as %s comes back: %s", (reason, comesBack) => {
    const rows = rowsOf(FRIDAY, { "day 2026-11-27": { status: "canceled", reason } });
    expect(change(rows, FRIDAY)).toEqual(
      comesBack ? ["move day 2026-11-27 → day 2026-11-27 scheduled"] : [],
    );
  });

  it("R310 moves the first overdue day behind the last, and leaves those between", () => {
    const subject = { due: { dueAt: utc("2026-11-28T15:00:00") }, term: "medium" } as const;
    const wanted = occurrencesOf(LOAN_PLAN, subject, OFFICE);
    const { move } = reconcileReminders(rowsOf(FRIDAY), { wanted, now: PLANNED_AT });
    const overdue = move.filter(({ to }) => to.key === "overdue");
    expect(overdue.map(({ id, to }) => [id, to.date])).toEqual([
      ["overdue 2026-11-28", "2026-12-28"],
    ]);
  });
});

describe("a closed subject", () => {
  it("R310 has all canceled that waits, and nothing else", () => {
    const rows = rowsOf(FRIDAY, {
      "J-2 2026-11-25": { status: "sent" },
      "J-1 2026-11-26": { status: "expired", reason: "next_reminder_due" },
    });
    const canceled = cancelReminders(rows, "closed");
    expect(canceled).toHaveLength(rows.length - 2);
    expect(canceled[0]).toEqual({ id: "day 2026-11-27", reason: "closed" });
  });
});
