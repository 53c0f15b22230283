import { describe, expect, it } from "vitest";
import { EVENT_TYPE_KEYS, type ReportedEvent, readEvent } from "./read-event";

const ticket: ReportedEvent = {
  type: "ticket.created",
  subject: null,
  data: { ticket_number: "A-1", service_name: "Visa", queue_name: "B", eta_minutes: 5 },
  occurredAt: new Date("2026-11-20T09:00:00Z"),
};
const loan: ReportedEvent = {
  ...ticket,
  type: "loan.assigned",
  subject: { type: "loan", id: "1", title: "Camera", dueOn: "2026-11-25" },
  data: {},
};
const faultsOf = (event: ReportedEvent) => {
  const read = readEvent(event);
  return read.ok ? [] : read.faults.map(({ path, code }) => `${path} ${code}`);
};

describe("readEvent", () => {
  it("takes events, not the reminders that follow from them", () => {
    expect(EVENT_TYPE_KEYS).toContain("loan.assigned");
    expect(EVENT_TYPE_KEYS).not.toContain("loan.overdue");
  });

  it("fills the templates' variables from the subject, the data and the time", () => {
    expect(readEvent(loan)).toMatchObject({
      ok: true,
      severity: "medium",
      data: { item_name: "Camera", due: "2026-11-25", occurred_at: "2026-11-20T09:00:00.000Z" },
    });
  });

  it("R107 names each variable that no template could fill, by the event's own field", () => {
    expect(faultsOf({ ...ticket, data: { ticket_number: "A-1", eta_minutes: "soon" } })).toEqual(
      expect.arrayContaining([
        "data.service_name invalid_data",
        "data.queue_name invalid_data",
        "data.eta_minutes invalid_data",
      ]),
    );
    expect(faultsOf({ ...loan, subject: null })).toEqual(
      expect.arrayContaining(["subject.title invalid_data", "subject.dueAt invalid_data"]),
    );
  });

  it.each([
    [{ dueOn: "2026-11-18" }, ["subject.dueAt due_in_past"]],
    [{ dueOn: "2026-11-20" }, []],
    [{ dueAt: "2026-11-20T08:59:59.000Z" }, ["subject.dueAt due_in_past"]],
    [{ dueAt: "2026-11-20T09:00:01.000Z" }, []],
  ])("a loan is due after it is assigned: %j", (due, faults) => {
    const subject = { type: "loan", id: "1", title: "Camera", ...due };
    expect(faultsOf({ ...loan, subject })).toEqual(faults);
  });

  it.each([
    [undefined, "high", []],
    ["critical", "critical", []],
    ["low", null, ["data.severity unknown_severity"]],
    ["fatal", null, ["data.severity unknown_severity"]],
  ])("R022 an alert's severity %s", (severity, becomes, faults) => {
    const data = { title: "Knife", message: "Hall", ...(severity && { severity }) };
    const event = { ...ticket, type: "security.suspicious_object", data };
    expect(faultsOf(event)).toEqual(faults);
    const read = readEvent(event);
    if (read.ok) expect(read.severity).toBe(becomes);
  });
});
