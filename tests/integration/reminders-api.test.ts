import { beforeEach, describe, expect, test } from "vitest";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let person: TestConversation;
let admin: Awaited<ReturnType<typeof createClient>>;
let stranger: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  const workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa" });
  admin = await createClient(deps, workspace.workspaceId);
  stranger = await createClient(deps, (await createWorkspace(deps)).workspaceId);
});

const loan = (values: Record<string, unknown> = {}) => ({
  type: "loan.assigned",
  recipient: { contactId: person.personId },
  subject: { type: "loan", id: "L1", title: "Camera", dueAt: "2026-11-25T14:00:00Z" },
  data: { loan_term: "medium" },
  ...values,
});

async function plan() {
  const made = await admin.post("/events", loan());
  expect(made.status).toBe(202);
  return made.body.data[0].reminders as { id: string; key: string; scheduledFor: string }[];
}

describe("/reminders", () => {
  test("R305 an event answers what it planned, and the list shows it in the order of its hours", async () => {
    const planned = await plan();
    expect(planned).toHaveLength(34);
    const page = await admin.get("/reminders?status=scheduled&limit=3");
    expect(page.body.data.map(({ key }: { key: string }) => key)).toEqual(["J-2", "J-1", "day"]);
    const next = await admin.get(
      `/reminders?status=scheduled&limit=3&cursor=${page.body.nextCursor}`,
    );
    expect(next.body.data.map(({ key }: { key: string }) => key)).toEqual([
      "2h",
      "overdue",
      "overdue",
    ]);
    expect((await admin.get("/reminders?subjectId=L2")).body.data).toEqual([]);
    expect((await stranger.get("/reminders")).body.data).toEqual([]);
  });

  test("one is moved and taken away; what cannot be says why", async () => {
    const [first] = await plan();
    const path = `/reminders/${first?.id}`;
    const move = (scheduledFor: string) => admin.patch(path, { scheduledFor });
    expect(await move("2026-11-23T09:30:00Z")).toMatchObject({
      status: 200,
      body: { scheduledFor: "2026-11-23T09:30:00.000Z", status: "scheduled" },
    });
    expect(await move("2026-11-20T08:00:00Z")).toMatchObject({
      status: 422,
      body: { code: "already_past" },
    });
    const tooFar = await move("2026-11-24T08:00:00Z");
    expect(tooFar).toMatchObject({ status: 422, body: { code: "reminder_expires" } });
    expect(tooFar.body.errors[0].message).toContain("2026-11-24T08:00:00.000Z");
    expect((await stranger.patch(path, { scheduledFor: "2026-11-23T09:40:00Z" })).status).toBe(404);
    expect((await stranger.delete(path)).status).toBe(404);
    expect((await admin.delete(path)).status).toBe(204);
    expect(await admin.delete(path)).toMatchObject({
      status: 409,
      body: { code: "reminder_ended" },
    });
  });

  test("R304 a return tells how many it took away", async () => {
    await plan();
    const made = await admin.post("/events", loan({ type: "loan.returned", data: {} }));
    expect(made.body.data[0]).toMatchObject({ reminders: [], canceledReminders: 34 });
    expect((await admin.get("/reminders?status=scheduled")).body.data).toEqual([]);
    expect((await admin.get("/reminders?status=ended")).body.data).toHaveLength(34);
  });

  test.each([
    [{ data: { loan_term: "eternal" } }, "data.loan_term"],
    [{ subject: { type: "loan", id: "L1", title: "Camera" } }, "subject.dueAt"],
    [{ subject: undefined }, "subject.dueAt"],
  ])("R311 what is wrong is named and nothing is stored: %j", async (values, path) => {
    const made = await admin.post("/events", loan(values));
    expect(made).toMatchObject({ status: 422, body: { code: "invalid_data" } });
    expect(made.body.errors.map((one: { path: string }) => one.path)).toContain(path);
    expect((await admin.get("/reminders")).body.data).toEqual([]);
  });
});
