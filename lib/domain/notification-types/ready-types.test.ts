import { describe, expect, it } from "vitest";
import { REMINDER_KEYS } from "../deciding/words";
import { actionOf, checkReplyCodes } from "../reply-codes/reply-code";
import { exampleData, fillVariables } from "../templates/variables";
import { EQUIPMENT_LOANS } from "./equipment-loans";
import { READY_TYPES } from "./ready-types";

function readyType(key: string) {
  const type = READY_TYPES.find((ready) => ready.key === key);
  if (!type) throw new Error(`no type ${key}`);
  return type;
}

describe("the ready notification types", () => {
  it("carry the names of events that others report, each once", () => {
    const keys = READY_TYPES.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.slice(0, 9)).toEqual([
      "security.suspicious_object",
      "security.anomaly",
      "security.high_frequency",
      "security.off_hours",
      "ticket.created",
      "ticket.almost_called",
      "ticket.called",
      "loan.assigned",
      "loan.returned",
    ]);
  });

  it("offer codes that can be read back, and none that is a consent word", () => {
    for (const { key, replyCodes } of READY_TYPES) {
      expect([key, checkReplyCodes(replyCodes)]).toEqual([key, []]);
    }
    expect(actionOf("OUI", readyType("loan.due_tomorrow").replyCodes)).toBe("confirm");
    expect(actionOf("VU", readyType("security.anomaly").replyCodes)).toBe("acknowledge");
    expect(readyType("loan.returned").replyCodes).toEqual([]);
  });

  it.each([
    ["security.suspicious_object", ["high", "critical"]],
    ["security.anomaly", ["medium", "high", "critical"]],
    ["security.high_frequency", ["high", "critical"]],
    ["security.off_hours", ["medium", "high", "critical"]],
  ])("R022 R023 R024 R025 an alert has the severities of its kind: %s", (key, severities) => {
    expect(readyType(key)).toMatchObject({ kind: "alert", severities });
  });

  it.each([
    ["R119", "ticket.created", "customer_name ticket_number service_name queue_name eta_minutes"],
    ["R120", "ticket.called", "customer_name ticket_number agent_name"],
    ["R121", "ticket.almost_called", "customer_name ticket_number"],
  ])("%s a ticket brings its data: %s", (_, key, names) => {
    expect(
      readyType(key)
        .variables.map(({ name }) => name)
        .join(" "),
    ).toBe(names);
  });

  it("pass quiet hours only where minutes count", () => {
    const urgent = READY_TYPES.filter(({ isTimeSensitive }) => isTimeSensitive);
    expect(urgent.map(({ key }) => key)).toEqual(["ticket.called", "loan.due_in_2_hours"]);
  });

  it("R306 R307 R308 R309 R310 remind of a loan by every key, until it is returned", () => {
    const reminders = EQUIPMENT_LOANS.filter(({ kind }) => kind === "reminder");
    expect(reminders.map(({ reminder }) => reminder)).toEqual(REMINDER_KEYS);
    for (const { canceledBy } of reminders) expect(canceledBy).toEqual(["loan.returned"]);
  });

  it.each(READY_TYPES)("have examples that are of their variables' types: $key", (type) => {
    const names = type.variables.map(({ name }) => name);
    for (const length of ["short", "long"] as const) {
      const data = exampleData(type.variables, length);
      expect(fillVariables(type.variables, data, names)).toMatchObject({ ok: true });
    }
  });
});
