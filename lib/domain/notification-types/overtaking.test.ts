import { describe, expect, test } from "vitest";
import { isBoundToSubject, isOvertaken, overtakenBy } from "./overtaking";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 27, 9, minute));

describe("what makes a notification pointless", () => {
  test("R119 a called ticket ends what was to be said before its call", () => {
    expect(overtakenBy("ticket.called")).toEqual(["ticket.created", "ticket.almost_called"]);
    expect(overtakenBy("ticket.created")).toEqual([]);
  });

  test("R304 a returned loan ends its confirmation and every reminder", () => {
    expect(overtakenBy("loan.returned")).toEqual([
      "loan.assigned",
      "loan.due_in_2_days",
      "loan.due_tomorrow",
      "loan.due_today",
      "loan.due_in_2_hours",
      "loan.overdue",
    ]);
  });

  test("an alert depends on no other, a loan and a ticket do", () => {
    expect(isBoundToSubject("security.anomaly")).toBe(false);
    expect(isBoundToSubject("loan.assigned")).toBe(true);
    expect(isBoundToSubject("loan.returned")).toBe(true);
    expect(isBoundToSubject("ticket.called")).toBe(true);
  });

  test("one that comes late is pointless; a new loan of the same thing is not", () => {
    const events = { "loan.returned": at(10).toISOString() };
    const assigned = (minute: number) => ({ type: "loan.assigned", occurredAt: at(minute) });
    expect(isOvertaken(assigned(9), events)).toBe(true);
    expect(isOvertaken(assigned(10), events)).toBe(false);
    expect(isOvertaken(assigned(11), events)).toBe(false);
    expect(isOvertaken({ type: "ticket.created", occurredAt: at(9) }, events)).toBe(false);
  });
});
