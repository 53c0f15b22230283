import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { addresses, notifications, persons } from "../../db/schema";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import { prefer, writtenTo } from "../support/notifications";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let admin: Awaited<ReturnType<typeof createClient>>;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa" });
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  admin = await createClient(deps, workspace.workspaceId);
});

const ticket = (values: Record<string, unknown> = {}) => ({
  type: "ticket.created",
  recipient: { contactId: person.personId },
  data: { ticket_number: "A-042", service_name: "Visa", queue_name: "B", eta_minutes: 15 },
  ...values,
});
const inEnglish = () =>
  deps.db.update(persons).set({ locale: "en" }).where(eq(persons.id, person.personId));
const count = () =>
  deps.db.$count(notifications, eq(notifications.workspaceId, workspace.workspaceId));

describe("/events", () => {
  test("R119 a ticket is told in the person's language, by the type's channels", async () => {
    const made = await admin.post("/events", ticket());
    expect(made.status).toBe(202);
    const [{ deliveries }] = made.body.data;
    expect(deliveries.map((one: { channel: string }) => one.channel).sort()).toEqual([
      "sms",
      "whatsapp",
    ]);
    await inEnglish();
    await admin.post(
      "/events",
      ticket({ type: "ticket.called", data: { ticket_number: "A-042" } }),
    );
    expect((await writtenTo(deps, of)).map(({ body }) => body)).toEqual([
      "Bonjour Awa, votre ticket A-042 est enregistré. Service Visa, file B. Attente estimée : 15 min. Nous vous préviendrons peu avant votre tour. Répondez OUI pour confirmer, ANNULER pour annuler.",
      "Hello Awa, it is your turn! Ticket A-042 is being called. Please come now. Reply OK if seen.",
    ]);
    const told = await admin.get(`/notifications/${made.body.data[0].id}`);
    expect(told.body).toMatchObject({
      title: "Votre ticket A-042 est enregistré",
      category: "queue",
      kind: "transactional",
    });
  });

  test("R302 a loan's e-mail is HTML with a text beside it, and no value is read as HTML", async () => {
    await addMailSender(deps, workspace.workspaceId);
    const now = deps.clock.now();
    const value = "awa@example.test";
    await deps.db
      .insert(addresses)
      .values({ id: deps.chance.uuid(), ...of, kind: "email", value, raw: value, createdAt: now });
    const event = ticket({
      type: "loan.assigned",
      subject: {
        type: "loan",
        id: "L1",
        title: "<b>Camera</b>",
        url: "https://loans.example.test/L1",
        dueOn: "2026-11-25",
      },
      data: {},
    });
    expect((await admin.post("/events", event)).status).toBe(202);
    const [mail] = await writtenTo(deps, of);
    expect(mail).toMatchObject({ channel: "email", toAddress: value });
    expect(mail?.html).toContain("&lt;b&gt;Camera&lt;/b&gt;");
    expect(mail?.html).not.toContain("<b>Camera");
    expect(mail?.html).toContain('href="https://loans.example.test/L1"');
    expect(mail?.body).toContain("<b>Camera</b>");
  });

  test("what quiet hours keep leaves in the template's words", async () => {
    const night = { days: ["fri"], start: "10:00", end: "12:00" } as const;
    await prefer(deps, of, { quietHours: [night] });
    const made = await admin.post("/events", ticket());
    expect(made.body.data[0].deliveries).toContainEqual(
      expect.objectContaining({ channel: "sms", status: "held" }),
    );
    deps.clock.advance(2 * 3_600_000);
    expect(await releaseDeliveries(deps)).toEqual({ released: 1 });
    expect((await writtenTo(deps, of))[0]?.body).toMatch(/^Bonjour Awa, votre ticket A-042/);
  });

  test("up to 100 are taken together, or none", async () => {
    const many = Array.from({ length: 100 }, (_, nth) =>
      ticket({ recipient: { phone: `06 00 01 00 ${String(nth).padStart(2, "0")}` } }),
    );
    const made = await admin.post("/events", many);
    expect(made.status).toBe(202);
    expect(made.body.data).toHaveLength(100);
    expect(await count()).toBe(100);
    const wrong = await admin.post("/events", [
      ticket(),
      ticket({ data: { ticket_number: "A-1" } }),
    ]);
    expect(wrong).toMatchObject({ status: 422, body: { code: "invalid_data" } });
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toContain(
      "1.data.service_name",
    );
    expect((await admin.post("/events", [...many, ticket()])).status).toBe(422);
    expect(await count()).toBe(100);
  });

  test.each([
    ["an unknown type", { type: "ticket.lost" }, "type"],
    ["a reminder, which nobody reports", { type: "loan.overdue" }, "type"],
    ["no recipient", { recipient: undefined }, "recipient"],
    [
      "a contact nobody knows",
      { recipient: { contactId: "01a1fadb-bddb-7366-819f-07c962fce9c9" } },
      "recipient",
    ],
    ["a variable that no template can fill", { data: {} }, "data.ticket_number"],
    [
      "a due date in the past",
      {
        type: "loan.assigned",
        data: {},
        subject: { type: "loan", id: "1", title: "A", dueAt: "2020-01-01T00:00:00Z" },
      },
      "subject.dueAt",
    ],
  ])("refuses %s by name and stores nothing", async (_what, values, path) => {
    const { status, body } = await admin.post("/events", ticket(values));
    expect(status).toBe(422);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
    expect(await count()).toBe(0);
  });

  test("refuses 1 MB of data", async () => {
    const answer = await admin.post("/events", ticket({ data: { x: "y".repeat(1_000_001) } }));
    expect(answer.status).toBe(413);
    expect(await count()).toBe(0);
  });
});
