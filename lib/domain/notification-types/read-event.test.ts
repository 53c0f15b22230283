import { describe, expect, it } from "vitest";
import { aVariable } from "../templates/template-input";
import { type ReportedEvent, readEvent } from "./read-event";
import { buildRegistry, type KeptType } from "./registry";

const READY = buildRegistry([]);

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
  const read = readEvent(event, READY);
  return read.ok ? [] : read.faults.map(({ path, code }) => `${path} ${code}`);
};

describe("readEvent", () => {
  it.each(["loan.overdue", "ticket.lost", "alert"])(
    "does not take %s, which is no event",
    (type) => {
      expect(faultsOf({ ...ticket, type })).toEqual(["type unknown_type"]);
    },
  );

  describe("of a workspace's own type", () => {
    const own: KeptType = {
      key: "order.shipped",
      kind: "transactional",
      category: "orders",
      severity: "low",
      channels: ["sms"],
      isTimeSensitive: false,
      isActive: true,
      names: { fr: "Commande expédiée", en: "Order shipped" },
      variables: [aVariable("parcels", "number", null), aVariable("carrier", "text", "La Poste")],
      replyCodes: [],
      canceledBy: [],
      reminderPlan: [],
    };
    const types = buildRegistry([own]);
    const pathsOf = (data: Record<string, unknown>) => {
      const read = readEvent({ ...ticket, type: "order.shipped", data }, types);
      return read.ok ? [] : read.faults.map(({ path, message }) => `${path} ${message}`);
    };
    const said = { title: "Expédié", message: "En route" };

    it.each([
      [{ parcels: 2 }, []],
      [{}, ["data.parcels Is missing: the template needs it"]],
      [{ title: "Expédié" }, ["data.parcels Is missing: the template needs it"]],
      [{ ...said, title: " " }, ["data.parcels Is missing: the template needs it"]],
      [said, []],
      [{ ...said, parcels: 2 }, []],
      [{ ...said, parcels: "many" }, ["data.parcels Must be a number"]],
      [{ parcels: "many" }, ["data.parcels Must be a number"]],
      [
        { title: "x".repeat(201), message: "x".repeat(1401) },
        ["data.title At most 200 characters", "data.message At most 1400 characters"],
      ],
    ])(
      "a variable that it has to bring is named, unless the event says all itself: %j",
      (data, faults) => {
        expect(pathsOf(data)).toEqual(faults);
      },
    );
  });

  it("fills the templates' variables from the subject, the data and the time", () => {
    expect(readEvent(loan, READY)).toMatchObject({
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
    const read = readEvent(event, READY);
    if (read.ok) expect(read.severity).toBe(becomes);
  });
});
