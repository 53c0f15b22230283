import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REMINDER_KEYS } from "../deciding/words";
import { occurrencesOf } from "./occurrences";
import { LOAN_PLAN } from "./plan";
import { cancelReminders, type ReminderRow, reconcileReminders } from "./reconcile-reminders";
import { settleReminders } from "./settle-reminders";

const HOUR_MS = 3_600_000;
/** Some days before the clock of Paris goes forward. */
const START = Date.UTC(2026, 2, 26, 6);

type Step =
  | { kind: "due"; inHours: number }
  | { kind: "look"; afterMinutes: number }
  | { kind: "close" };

const due = fc.integer({ min: -30, max: 120 }).map((inHours): Step => ({ kind: "due", inHours }));
const look = fc
  .integer({ min: 0, max: 2000 })
  .map((afterMinutes): Step => ({ kind: "look", afterMinutes }));
const close = fc.constant<Step>({ kind: "close" });
const step = fc.oneof(
  { weight: 3, arbitrary: due },
  { weight: 6, arbitrary: look },
  { weight: 1, arbitrary: close },
);

/** The rows of one subject and recipient, as a stage would keep them. */
class Kept {
  rows: ReminderRow[] = [];
  readonly sent: string[] = [];
  private now = START;

  take(one: Step) {
    switch (one.kind) {
      case "due":
        return this.changeDue(new Date(this.now + one.inHours * HOUR_MS));
      case "look":
        this.now += one.afterMinutes * 60_000;
        return this.look();
      case "close":
        return this.cancel(cancelReminders(this.rows, "closed"));
      default:
        return one satisfies never;
    }
  }

  private changeDue(dueAt: Date) {
    const now = new Date(this.now);
    const office = { zone: "Europe/Paris", workingHours: [] };
    const wanted = occurrencesOf(LOAN_PLAN, { due: { dueAt }, term: "medium" }, office);
    const { add, move, cancel } = reconcileReminders(this.rows, { wanted, now });
    this.cancel(cancel);
    for (const { id, to } of move) {
      this.put(id, to);
      this.expectUnique();
    }
    for (const one of add) this.rows.push({ ...one, id: `row ${this.rows.length}` });
    this.expectUnique();
    const again = reconcileReminders(this.rows, { wanted, now });
    expect(again).toEqual({ add: [], move: [], cancel: [] });
    const places = new Set(wanted.map(({ key, date }) => `${key} ${date}`));
    const waiting = this.rows.filter(({ status }) => status === "scheduled");
    expect(waiting.every(({ key, date }) => places.has(`${key} ${date}`))).toBe(true);
  }

  private cancel(canceled: ReturnType<typeof cancelReminders>) {
    for (const { id, reason } of canceled) this.put(id, { status: "canceled", reason });
  }

  private look() {
    const now = new Date(this.now);
    const settling = { isWanted: () => true, keys: REMINDER_KEYS, now };
    const settled = settleReminders(this.rows, settling);
    expect(settled.filter(({ fate }) => fate === "send").length).toBeLessThanOrEqual(1);
    for (const one of settled) {
      const row = this.find(one.id);
      if (one.fate === "send") {
        expect(row.scheduledFor <= now && now < row.expiresAt).toBe(true);
        this.sent.push(`${row.key} ${row.date}`);
        this.put(one.id, { status: "sent", reason: null });
      } else this.put(one.id, { status: one.fate, reason: one.reason });
    }
    expect(settleReminders(this.rows, settling)).toEqual([]);
  }

  private find(id: string): ReminderRow {
    const row = this.rows.find((one) => one.id === id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  }

  private put(id: string, changed: Partial<ReminderRow>) {
    expect(this.find(id).status).not.toBe("sent");
    this.rows = this.rows.map((row) => (row.id === id ? { ...row, ...changed } : row));
  }

  private expectUnique() {
    expect(new Set(this.rows.map(({ key, date }) => `${key} ${date}`)).size).toBe(this.rows.length);
  }
}

describe("reminders through changes, outages and returns", () => {
  it("R305 R310 are sent once for a key and local date, in time, and never once closed", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const kept = new Kept();
        for (const one of steps) kept.take(one);
        expect(new Set(kept.sent).size).toBe(kept.sent.length);
        kept.take({ kind: "close" });
        const before = kept.sent.length;
        for (let n = 0; n < 5; n++) kept.take({ kind: "look", afterMinutes: 1440 });
        expect(kept.sent.length).toBe(before);
      }),
      { numRuns: 150 },
    );
  });
});
