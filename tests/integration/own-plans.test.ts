import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { notifications, reminders } from "../../db/schema";
import { DEFAULT_PREFERENCES } from "../../lib/domain/deciding/preferences";
import { previewReminders } from "../../lib/reminders/preview-reminders";
import { sendDueReminders } from "../../lib/reminders/send-due-reminders";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { prefer, writtenTo } from "../support/notifications";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };
let admin: Awaited<ReturnType<typeof createClient>>;

const DAY = 86_400;

const issued = {
  key: "invoice.issued",
  kind: "transactional",
  category: "invoices",
  severity: "medium",
  channels: ["sms"],
  names: { fr: "Facture", en: "Invoice" },
  variables: [
    { name: "item_name", type: "text", default: null },
    { name: "reminder", type: "text", default: "" },
    { name: "term", type: "text", default: "short" },
  ],
  canceledBy: ["invoice.paid"],
  reminderPlan: [
    { key: "J-2", offset: -2 * DAY, time: "09:00" },
    { key: "2h", offset: -7200, condition: { variable: "term", oneOf: ["long"] } },
    { key: "late", offset: 0, time: "10:00", dailyAtMost: 3 },
  ],
};
const paid = { ...issued, key: "invoice.paid", variables: [], canceledBy: [], reminderPlan: [] };

// The clock begins on Friday 2026-11-20 at 09:00 UTC, 10:00 in Paris.
beforeEach(async () => {
  deps = testDeps(database);
  // A look is over all workspaces: what other tests left would be counted.
  await deps.db.delete(notifications);
  await deps.db.delete(reminders);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa" });
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  await prefer(deps, of);
  admin = await createClient(deps, workspace.workspaceId);
  for (const type of [issued, paid]) {
    expect((await admin.post("/notification-types", type)).status).toBe(201);
  }
  await admin.post("/templates", {
    name: "Facture",
    event: "invoice.issued",
    channel: "sms",
    locale: "fr",
    body: '{{ item_name }}{% if reminder != "" %} : rappel {{ reminder }}{% endif %}',
  });
});

/** Due on Wednesday 25 November at 15:00 in Paris, unless the test says otherwise. */
function invoice(values: Record<string, unknown> = {}, due: object = {}) {
  const dueAt = "2026-11-25T14:00:00Z";
  return {
    type: "invoice.issued",
    recipient: { contactId: person.personId },
    subject: { type: "invoice", id: "F1", title: "Facture 1", dueAt, ...due },
    ...values,
  };
}

async function report(event: object) {
  const answer = await admin.post("/events", event);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return answer.body.data[0];
}

const said = { title: "Payée", message: "Merci." };
const goTo = (time: string) =>
  deps.clock.advance(new Date(`${time}:00Z`).getTime() - deps.clock.now().getTime());
const bodies = async () => (await writtenTo(deps, of)).map(({ body }) => body);
async function shown(plan = "invoice.issued") {
  const rows = await deps.db
    .select()
    .from(reminders)
    .where(eq(reminders.workspaceId, of.workspaceId))
    .orderBy(reminders.scheduledFor);
  return rows
    .filter((row) => row.plan === plan)
    .map(({ key, status, reason, scheduledFor }) => {
      const at = scheduledFor.toISOString().slice(5, 16);
      return [key, status, reason, at].filter(Boolean).join(" ");
    });
}
const lates = (status: string) =>
  ["11-26", "11-27", "11-28"].map((date) => `late ${status} ${date}T09:00`);

describe("the reminders of a workspace's own type", () => {
  test("R305 are planned by its events, and each is sent once at its hour in the words of its template", async () => {
    const { reminders: planned } = await report(invoice());
    expect(planned[0]).toMatchObject({
      plan: "invoice.issued",
      type: "invoice.issued",
      key: "J-2",
    });
    expect(await shown()).toEqual(["J-2 scheduled 11-23T08:00", ...lates("scheduled")]);
    for (let hour = 0; hour < 9 * 24; hour += 1) {
      deps.clock.advance(3_600_000);
      await Promise.all([1, 2].map(() => sendDueReminders(deps)));
    }
    expect(await bodies()).toEqual([
      "Facture 1",
      "Facture 1 : rappel J-2",
      ...Array(3).fill("Facture 1 : rappel late"),
    ]);
    expect(await shown()).toEqual(["J-2 sent 11-23T08:00", ...lates("sent")]);
    const kinds = await deps.db
      .selectDistinct({ kind: notifications.kind })
      .from(notifications)
      .where(eq(notifications.personId, of.personId))
      .orderBy(notifications.kind);
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(["reminder", "transactional"]);
  });

  test("R311 what a condition asks for is planned with it, and goes when the data no longer has it", async () => {
    await report(invoice({ data: { term: "long" } }));
    expect((await shown()).slice(0, 2)).toEqual([
      "J-2 scheduled 11-23T08:00",
      "2h scheduled 11-25T12:00",
    ]);
    await report(invoice());
    expect((await shown()).slice(0, 2)).toEqual([
      "J-2 scheduled 11-23T08:00",
      "2h canceled due_changed 11-25T12:00",
    ]);
  });

  test("another due time moves them, an event that closes the subject ends them, late ones are skipped", async () => {
    await report(invoice());
    await report(invoice({}, { dueAt: "2026-11-26T14:00:00Z" }));
    expect((await shown())[0]).toBe("J-2 scheduled 11-24T08:00");
    const closed = await report(invoice({ type: "invoice.paid", data: said }));
    expect(closed.canceledReminders).toBe(4);
    expect((await shown()).every((one) => one.includes("canceled closed"))).toBe(true);
    await report(invoice({}, { id: "F2", dueAt: "2026-11-21T14:00:00Z" }));
    expect(await shown()).toContainEqual("J-2 skipped planned_too_late 11-19T08:00");
  });

  test("two plans of one subject leave each other alone, also under the same keys", async () => {
    const other = { ...issued, key: "contract.signed", canceledBy: [] };
    expect((await admin.post("/notification-types", other)).status).toBe(201);
    await report(invoice());
    await report(invoice({ type: "contract.signed", data: said }));
    await report(invoice({}, { dueAt: "2026-11-26T14:00:00Z" }));
    expect((await shown())[0]).toBe("J-2 scheduled 11-24T08:00");
    expect((await shown("contract.signed"))[0]).toBe("J-2 scheduled 11-23T08:00");
    await report(invoice({}, { dueAt: "2026-11-25T14:00:00Z" }));
    goTo("2026-11-23T08:00");
    expect(await sendDueReminders(deps)).toMatchObject({ sent: 2, expired: 0 });
    expect((await bodies()).slice(-2).sort()).toEqual(["Facture 1 : rappel J-2", "Payée\nMerci."]);
  });

  test("R313 are switched off by their type, others stay; the dry run says so too", async () => {
    await report(invoice());
    const off = { ...DEFAULT_PREFERENCES.reminders, "J-2": false, "invoice.paid": false };
    await prefer(deps, of, { reminders: off });
    goTo("2026-11-23T08:00");
    const due = async () =>
      (await previewReminders(deps, of.workspaceId)).due.map(({ settlement }) => settlement.fate);
    expect(await due()).toEqual(["send"]);
    await prefer(deps, of, { reminders: { ...off, "J-2": true, "invoice.issued": false } });
    expect(await due()).toEqual(["skipped"]);
    await sendDueReminders(deps);
    expect((await shown())[0]).toBe("J-2 skipped switched_off 11-23T08:00");
  });

  test("R313 the switch is one of the preferences of the API", async () => {
    const path = `/contacts/${of.personId}/preferences`;
    const { reminders: before } = (await admin.get(path)).body;
    const changed = { reminders: { ...before, "invoice.issued": false } };
    expect((await admin.put(path, changed)).body.reminders).toEqual(changed.reminders);
    const wrong = await admin.put(path, { reminders: { ...before, "invoice.issued": "no" } });
    expect(wrong.status).toBe(422);
  });

  test("go with their type; a look meets none of it", async () => {
    await report(invoice());
    await admin.delete("/notification-types/invoice.issued");
    expect(await shown()).toContainEqual("J-2 canceled type_deleted 11-23T08:00");
    goTo("2026-11-23T08:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 0, expired: 0, skipped: 0 });
  });

  test("planned while its type was deleted keeps nobody from their other reminders", async () => {
    await report(invoice());
    await report(invoice({}, { id: "F2" }));
    const gone = { plan: "no.such", type: "no.such" };
    await deps.db.update(reminders).set(gone).where(eq(reminders.subjectId, "F2"));
    goTo("2026-11-23T08:00");
    expect(await sendDueReminders(deps)).toEqual({ sent: 1, expired: 0, skipped: 0 });
    expect((await shown("no.such"))[0]).toBe("J-2 canceled type_deleted 11-23T08:00");
  });

  test("need to know when their subject is due", async () => {
    for (const subject of [undefined, { type: "invoice", id: "F1", title: "Facture 1" }]) {
      const refused = await admin.post("/events", {
        ...invoice({ data: { item_name: "x" } }),
        subject,
      });
      expect(refused).toMatchObject({ status: 422, body: { code: "invalid_data" } });
      expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
        "subject.dueAt",
      ]);
    }
    expect(await shown()).toEqual([]);
  });
});

describe("a plan", () => {
  const step = issued.reminderPlan[0];

  test.each([
    [{ ...step, key: "J 2" }, "validation_failed", "key"],
    [{ ...step, offset: -3600 }, "whole_days", "offset"],
    [{ ...step, offset: 400 * DAY }, "validation_failed", "offset"],
    [{ ...step, time: "25:00" }, "validation_failed", "time"],
    [{ ...step, dailyAtMost: 2 }, "repeats_after", "dailyAtMost"],
    [{ ...step, dailyAtMost: 0 }, "validation_failed", "dailyAtMost"],
    [
      { ...step, condition: { variable: "no", oneOf: ["x"] } },
      "unknown_variable",
      "condition.variable",
    ],
    [
      { ...step, condition: { variable: "term", oneOf: [] } },
      "validation_failed",
      "condition.oneOf",
    ],
  ])("names what is wrong at its field: %j", async (wrong, code, field) => {
    const path = "/notification-types/invoice.issued";
    const answer = await admin.put(path, { reminderPlan: [wrong] });
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.errors[0].path).toBe(`reminderPlan.0.${field}`);
    expect((await admin.get(path)).body.reminderPlan).toHaveLength(3);
  });

  test("of a variable that goes is refused, and a ready type keeps its own", async () => {
    const path = "/notification-types/invoice.issued";
    const variables = issued.variables.filter(({ name }) => name !== "term");
    expect((await admin.put(path, { variables })).body.code).toBe("unknown_variable");
    const ready = await admin.put("/notification-types/loan.assigned", { reminderPlan: [] });
    expect(ready).toMatchObject({ status: 422, body: { code: "fixed_by_set" } });
  });
});
