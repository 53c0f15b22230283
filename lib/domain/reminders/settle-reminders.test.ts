import { describe, expect, it } from "vitest";
import { REMINDER_KEYS, type ReminderKey } from "../deciding/words";
import { LOAN_PLAN } from "./plan";
import { planReminders } from "./plan-reminders";
import type { ReminderRow } from "./reconcile-reminders";
import { settleReminders } from "./settle-reminders";

const utc = (text: string) => new Date(`${text}Z`);

function rowsOf(dueAt: string): ReminderRow[] {
  return planReminders(LOAN_PLAN, {
    subject: { due: { dueAt: utc(dueAt) }, term: "medium" },
    office: { zone: "Europe/Paris", workingHours: [] },
    now: utc("2026-11-01T00:00:00"),
  }).map((row) => ({ ...row, id: `${row.key} ${row.date}` }));
}

function look(
  now: string,
  {
    only,
    off,
    dueAt = "2026-11-27T15:00:00",
  }: { only?: string; off?: ReminderKey; dueAt?: string },
): string[] {
  const rows = rowsOf(dueAt).filter(({ id }) => only === undefined || id === only);
  const isWanted = (key: string) => key !== off;
  return settleReminders(rows, { isWanted, keys: REMINDER_KEYS, now: utc(now) }).map((settled) =>
    settled.fate === "send"
      ? `${settled.id} sent ${settled.lateBy}`
      : `${settled.id} ${settled.fate} ${settled.reason}`,
  );
}

describe("a look at reminders", () => {
  it.each([
    ["R306", "J-2 2026-11-25", "2026-11-25T07:59:59", []],
    ["R306", "J-2 2026-11-25", "2026-11-25T08:00:00", ["sent 0"]],
    ["R306", "J-2 2026-11-25", "2026-11-25T20:00:00", ["sent 43200"]],
    ["R306", "J-2 2026-11-25", "2026-11-26T08:00:00", ["expired next_reminder_due"]],
    ["R307", "J-1 2026-11-26", "2026-11-27T06:59:59", ["sent 82799"]],
    ["R307", "J-1 2026-11-26", "2026-11-28T12:00:00", ["expired next_reminder_due"]],
    ["R309", "2h 2026-11-27", "2026-11-27T13:14:59", ["sent 899"]],
    ["R309", "2h 2026-11-27", "2026-11-27T13:15:00", ["expired not_in_time"]],
    ["R310", "overdue 2026-11-28", "2026-11-28T22:59:59", ["sent 50399"]],
    ["R310", "overdue 2026-11-28", "2026-11-28T23:00:00", ["expired day_over"]],
  ])("%s %s at %s: %j", (_, only, now, expected) => {
    expect(look(now, { only })).toEqual(expected.map((fate) => `${only} ${fate}`));
  });

  it("R305 after days without the app sends the one still of use, and tells of the rest", () => {
    expect(look("2026-11-29T12:00:00", {})).toEqual([
      "J-2 2026-11-25 expired next_reminder_due",
      "J-1 2026-11-26 expired next_reminder_due",
      "day 2026-11-27 expired next_reminder_due",
      "2h 2026-11-27 expired not_in_time",
      "overdue 2026-11-28 expired day_over",
      "overdue 2026-11-29 sent 10800",
    ]);
  });

  it("R308 R309 of two for the same moment the later of the plan is sent", () => {
    const told = look("2026-11-27T07:00:00", { dueAt: "2026-11-27T09:00:00" });
    expect(told.slice(-2)).toEqual([
      "day 2026-11-27 expired next_reminder_due",
      "2h 2026-11-27 sent 0",
    ]);
  });

  it("R308 R309 the other one is sent where the recipient does not want that", () => {
    const told = look("2026-11-27T07:00:00", { dueAt: "2026-11-27T09:00:00", off: "2h" });
    expect(told.slice(-2)).toEqual(["day 2026-11-27 sent 0", "2h 2026-11-27 skipped switched_off"]);
  });

  it.each(["sent", "skipped", "expired", "canceled"] as const)(
    "R305 leaves what is %s",
    (status) => {
      const rows = rowsOf("2026-11-27T15:00:00").map((row) => ({ ...row, status }));
      const now = utc("2026-11-25T08:00:00");
      expect(settleReminders(rows, { isWanted: () => true, keys: REMINDER_KEYS, now })).toEqual([]);
    },
  );
});
