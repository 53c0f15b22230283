import { and, eq, like } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { findWorkspace } from "../../db/queries/workspaces";
import { addresses, auditLog, messages, whatsappTemplates } from "../../db/schema";
import { WEEKDAYS } from "../../lib/domain/deciding/local-time";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { sendMessages } from "../../lib/outbound/send-messages";
import { createClient, installRuntime } from "../support/api";
import { addMessage, createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { openHeardDatabase } from "../support/heard-database";
import { addMailSender } from "../support/mail-sender";
import { anAlert, fatesOf, prefer, raise, writtenTo } from "../support/notifications";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

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

const CALLED = {
  name: "Ticket appelé",
  channel: "sms",
  event: "ticket.called",
  locale: "fr",
  subject: null,
  body: "{{ customer_name }}, le ticket {{ ticket_number }} est attendu au guichet.",
  isActive: true,
};
const SHIPPED =
  "Bonjour Awa, c'est à vous ! Votre ticket A-042 est appelé. Merci de vous présenter maintenant.";

const call = (data: Record<string, unknown> = {}) =>
  admin.post("/events", {
    type: "ticket.called",
    recipient: { contactId: person.personId },
    data: { ticket_number: "A-042", ...data },
  });
const texts = async () =>
  (await writtenTo(deps, of)).filter(({ channel }) => channel === "sms").map(({ body }) => body);
const find = async (event: string, channel = "sms", locale = "fr") => {
  const query = `event=${event}&channel=${channel}&locale=${locale}`;
  const { body } = await admin.get(`/templates?${query}`);
  return body.data[0];
};
const audited = async () =>
  (
    await deps.db
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(and(eq(auditLog.workspaceId, of.workspaceId), eq(auditLog.targetType, "template")))
      .orderBy(auditLog.at, auditLog.id)
  ).map(({ action }) => action);

describe("/templates", () => {
  test("R105 R106 every event has its words before anybody writes any, and they keep their id", async () => {
    const all = await admin.get("/templates?limit=200");
    expect(all.body.data).toHaveLength(84);
    const shipped = await find("ticket.called");
    expect(shipped).toMatchObject({ version: 0, name: "Ticket appelé", updatedAt: null });
    expect(shipped.variables.map(({ name }: { name: string }) => name)).toEqual([
      "customer_name",
      "ticket_number",
      "agent_name",
      "reply_hint",
    ]);
    const mail = await find("ticket.called", "email");
    expect(mail.variables.map(({ name }: { name: string }) => name)).not.toContain("reply_hint");
    const made = await admin.post("/templates", CALLED);
    expect(made).toMatchObject({ status: 201, body: { ...CALLED, id: shipped.id, version: 1 } });
    expect(await find("ticket.called")).toMatchObject({ id: shipped.id, body: CALLED.body });
    expect((await admin.get("/templates?limit=200")).body.data).toHaveLength(84);
    expect(await admin.post("/templates", CALLED)).toMatchObject({
      status: 409,
      body: { code: "template_exists", templateId: shipped.id },
    });
    expect(await audited()).toEqual(["template.created"]);
  });

  test("pages hold every template once", async () => {
    const first = await admin.get("/templates?limit=50");
    const second = await admin.get(`/templates?limit=50&cursor=${first.body.nextCursor}`);
    const ids = [...first.body.data, ...second.body.data].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(84);
    expect(second.body.nextCursor).toBeNull();
  });

  test("R107 a variable that the event does not bring is refused by its name", async () => {
    const wrong = { ...CALLED, body: "Bonjour {{ customer_name }},\n{{ ticket_nummer }}" };
    const { status, body } = await admin.post("/templates", wrong);
    expect(status).toBe(422);
    expect(body.code).toBe("unknown_variable");
    expect(body.errors).toEqual([
      {
        path: "body",
        message: expect.stringContaining("Line 2: there is no variable ticket_nummer"),
      },
    ]);
    expect((await find("ticket.called")).version).toBe(0);
  });

  test.each([
    ["what Liquid cannot read", { body: "{% if customer_name %}" }, "invalid_template"],
    ["an unknown filter", { body: "{{ customer_name | shout }}" }, "invalid_template"],
    [
      "a rendering without end",
      { body: "{% for i in (1..99999999) %}x{% endfor %}" },
      "invalid_template",
    ],
    ["a file", { body: "{% include 'x' %}" }, "invalid_template"],
    ["an e-mail without subject", { channel: "email" }, "required"],
    ["a subject of a text", { subject: "Bonjour" }, "subject_not_for_channel"],
    ["no text", { body: " \n " }, "required"],
    ["too long a text", { body: "x".repeat(1601) }, "too_long"],
    ["an unknown event", { event: "ticket.lost" }, "unknown_event"],
    ["an unknown field", { color: "red" }, "validation_failed"],
    [
      "an approved text of an SMS",
      {
        approved: {
          "01a1fadb-bddb-7366-819f-07c962fce9c9": {
            contentSid: `HX${"a".repeat(32)}`,
            variables: {},
          },
        },
      },
      "approved_not_for_channel",
    ],
    [
      "a default of another type",
      {
        event: "custom",
        variables: [{ name: "n", type: "number", default: "many" }],
        body: "{{ n }}",
      },
      "invalid_default",
    ],
    [
      "two variables of one name",
      { event: "custom", variables: [{ name: "n" }, { name: "n" }] },
      "duplicate_variable",
    ],
  ])("refuses %s", async (_what, values, code) => {
    const answer = await admin.post("/templates", { ...CALLED, ...values });
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect((await admin.get("/templates?limit=200")).body.data).toHaveLength(84);
  });

  test("R102 another workspace neither sees nor changes it, and an agent only reads", async () => {
    const { body: made } = await admin.post("/templates", CALLED);
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId);
    for (const answer of [
      await stranger.get(`/templates/${made.id}`),
      await stranger.put(`/templates/${made.id}`, { name: "x", body: "x" }),
      await stranger.delete(`/templates/${made.id}`),
      await stranger.get(`/templates/${made.id}/versions`),
      await stranger.post(`/templates/${made.id}/versions/1/restore`, {}),
      await stranger.post(`/templates/${made.id}/render`, {}),
      await stranger.post(`/templates/${made.id}/test`, { to: "0612345678" }),
    ]) {
      expect(answer.status).toBe(404);
    }
    const agent = await createClient(deps, of.workspaceId, { role: "agent" });
    expect((await agent.get(`/templates/${made.id}`)).status).toBe(200);
    expect((await agent.put(`/templates/${made.id}`, { name: "x", body: "x" })).status).toBe(403);
    expect((await agent.post("/templates", CALLED)).status).toBe(403);
  });

  test("of two who write at once one is told that the other was faster", async () => {
    const { id } = await find("ticket.called");
    const write = (body: string) => admin.put(`/templates/${id}`, { name: "n", body, version: 0 });
    const answers = await Promise.all([write("Un {{ ticket_number }}"), write("Deux")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body).toMatchObject({ code: "template_changed", version: 1 });
    const won = answers.find(({ status }) => status === 200);
    expect(await find("ticket.called")).toMatchObject({ version: 1, body: won?.body.body });
    expect(
      (await admin.put(`/templates/${id}`, { name: "n", body: "Trois", version: 1 })).status,
    ).toBe(200);
    expect(
      (await admin.put(`/templates/${id}`, { name: "n", body: "x", locale: "en" })).body.code,
    ).toBe("place_is_fixed");
  });

  test("every saved form stays, and an earlier one can be restored", async () => {
    const { body: made } = await admin.post("/templates", CALLED);
    const path = `/templates/${made.id}`;
    await admin.put(path, { ...CALLED, body: "Deux {{ ticket_number }}", version: 1 });
    const restored = await admin.post(`${path}/versions/1/restore`, {});
    expect(restored).toMatchObject({ status: 200, body: { version: 3, body: CALLED.body } });
    const { body } = await admin.get(`${path}/versions`);
    expect(
      body.data.map((one: { version: number; body: string }) => [one.version, one.body]),
    ).toEqual([
      [3, CALLED.body],
      [2, "Deux {{ ticket_number }}"],
      [1, CALLED.body],
    ]);
    const shipped = await admin.post(`${path}/versions/0/restore`, {});
    expect(shipped.body).toMatchObject({
      version: 4,
      body: expect.stringContaining("c'est à vous"),
    });
    expect((await admin.post(`${path}/versions/9/restore`, {})).status).toBe(404);
    expect(await audited()).toEqual([
      "template.created",
      "template.saved",
      "template.restored",
      "template.restored",
    ]);
  });

  test("is deleted while nothing was written with it; afterwards it can only be disabled", async () => {
    const { body: made } = await admin.post("/templates", CALLED);
    expect((await admin.delete(`/templates/${made.id}`)).status).toBe(204);
    expect((await admin.delete(`/templates/${made.id}`)).body.code).toBe("template_is_shipped");
    await admin.post("/templates", CALLED);
    await call();
    expect(await admin.delete(`/templates/${made.id}`)).toMatchObject({
      status: 409,
      body: { code: "template_in_use" },
    });
  });
});

describe("what notifications say", () => {
  test("R103 the workspace's own words, and how their sends went", async () => {
    const { body: made } = await admin.post("/templates", CALLED);
    await call();
    await dispatchAccount(deps, { accountId: workspace.account.id });
    expect(await texts()).toEqual(["Awa, le ticket A-042 est attendu au guichet."]);
    expect(deps.provider.sent.map(({ body }) => body)).toEqual(await texts());
    const [message] = await writtenTo(deps, of);
    expect(message?.templateId).toBe(made.id);
    await deps.db
      .update(messages)
      .set({ status: "delivered" })
      .where(eq(messages.id, message?.id ?? ""));
    const { body } = await admin.get(`/templates/${made.id}`);
    expect(body.usage).toMatchObject({ ended: 1, succeeded: 1 });
    const rendered = await admin.post(`/templates/${made.id}/render`, { sample: "last" });
    expect(rendered.body.body).toBe("Awa, le ticket A-042 est attendu au guichet.");
  });

  test("a preview by the last send says what could be answered to it", async () => {
    const body = "{{ ticket_number }} est attendu. {{ reply_hint }}";
    const { body: made } = await admin.post("/templates", { ...CALLED, body });
    await call();
    expect(await texts()).toEqual(["A-042 est attendu. Répondez OK si vu."]);
    const rendered = await admin.post(`/templates/${made.id}/render`, { sample: "last" });
    expect(rendered.body.body).toBe("A-042 est attendu. Répondez OK si vu.");
  });

  test("disabled, the shipped words hold", async () => {
    const { body: made } = await admin.post("/templates", CALLED);
    await admin.put(`/templates/${made.id}`, { ...CALLED, isActive: false });
    await call();
    expect(await texts()).toEqual([`${SHIPPED} Répondez OK si vu.`]);
  });

  test("another language, channel and workspace keep theirs", async () => {
    await admin.post("/templates", { ...CALLED, locale: "en" });
    const other = await createWorkspace(deps);
    await (await createClient(deps, other.workspaceId)).post("/templates", CALLED);
    await call();
    expect(await texts()).toEqual([`${SHIPPED} Répondez OK si vu.`]);
  });

  test("words that this data cannot fill are left, and the notification leaves in the shipped ones", async () => {
    const endless = "{% for i in (1..90000000) %}x{% endfor %}";
    const body = `{% if ticket_number == "A-042" %}${endless}{% endif %}{{ ticket_number }}`;
    const made = await admin.post("/templates", { ...CALLED, body });
    expect(made.status).toBe(201);
    await call();
    expect(await texts()).toEqual([`${SHIPPED} Répondez OK si vu.`]);
  });

  test.each([
    ["nothing", "{% if agent_name != '' %}{{ ticket_number }}{% endif %}"],
    [
      "too much",
      "{% if agent_name == '' %}{% for i in (1..1601) %}x{% endfor %}{% endif %}{{ ticket_number }}",
    ],
  ])("words that say %s with this data are left too", async (_what, body) => {
    expect((await admin.post("/templates", { ...CALLED, body })).status).toBe(201);
    await call();
    expect(await texts()).toEqual([`${SHIPPED} Répondez OK si vu.`]);
  });

  test("what quiet hours kept leaves in the words of the moment at which it leaves", async () => {
    const night = { days: ["fri"], start: "10:00", end: "12:00" } as const;
    await prefer(deps, of, { quietHours: [night] });
    await admin.post("/events", {
      type: "ticket.created",
      recipient: { contactId: person.personId },
      data: { ticket_number: "A-042", service_name: "Visa", queue_name: "B", eta_minutes: 15 },
    });
    const event = { event: "ticket.created", body: "Ticket {{ ticket_number }} noté." };
    await admin.post("/templates", { ...CALLED, ...event });
    deps.clock.advance(2 * 3_600_000);
    await releaseDeliveries(deps);
    expect(await texts()).toEqual(["Ticket A-042 noté."]);
  });

  test("R302 an e-mail has the workspace's name, a text that says the same, and no value is HTML", async () => {
    await addMailSender(deps, of.workspaceId);
    const value = "awa@example.test";
    await deps.db.insert(addresses).values({
      id: deps.chance.uuid(),
      ...of,
      kind: "email",
      value,
      raw: value,
      createdAt: deps.clock.now(),
    });
    const body =
      'Bonjour {{ customer_name }},\n\n{{ item_name }} : <a href="{{ link }}">le voir</a>';
    const mail = {
      event: "loan.assigned",
      channel: "email",
      subject: "Prêt : {{ item_name }}",
      body,
    };
    expect((await admin.post("/templates", { ...CALLED, ...mail })).status).toBe(201);
    await admin.post("/events", {
      type: "loan.assigned",
      recipient: { contactId: person.personId },
      subject: {
        type: "loan",
        id: "1",
        title: "<i>Caméra</i>",
        url: "https://loans.example.test/1",
        dueOn: "2026-11-25",
      },
      data: {},
    });
    const [row] = (await writtenTo(deps, of)).filter(({ channel }) => channel === "email");
    expect(row?.subject).toBe("Prêt : <i>Caméra</i>");
    expect(row?.body).toBe(
      "Bonjour Awa,\n\n<i>Caméra</i> : le voir (https://loans.example.test/1)",
    );
    const found = await findWorkspace(deps.db, of.workspaceId);
    expect(row?.html).toContain(`>${found?.name}</p>`);
    expect(row?.html).toContain("<p>Bonjour Awa,</p>");
    expect(row?.html).toContain("&lt;i&gt;Caméra");
    expect(row?.html).toContain("prefers-color-scheme: dark");
    expect(row?.html).not.toContain("@@");
  });
});

describe("WhatsApp outside the 24 h", () => {
  const SID = `HX${"c".repeat(32)}`;
  let sender: { id: string };

  beforeEach(async () => {
    sender = await createIntegration(deps, workspace, { type: "whatsapp" });
    await deps.db.insert(whatsappTemplates).values({
      id: deps.chance.uuid(),
      workspaceId: of.workspaceId,
      accountId: workspace.account.id,
      contentSid: SID,
      name: "ticket_appele",
      language: "fr",
      body: "Ticket {{1}} : à votre tour, {{2}}.",
      variables: [
        { name: "1", sample: "A-1" },
        { name: "2", sample: "Awa" },
      ],
      category: "utility",
      status: "approved",
      rejectionReason: null,
      syncedAt: deps.clock.now(),
    });
  });

  const write = (variables: Record<string, string>) =>
    admin.post("/templates", {
      ...CALLED,
      channel: "whatsapp",
      body: "Ticket *{{ ticket_number }}*, c’est à vous.",
      approved: { [sender.id]: { contentSid: SID, variables } },
    });
  const PLACES = { "1": "{{ ticket_number }}", "2": "{{ customer_name }}" };
  const written = async () =>
    (await writtenTo(deps, of)).filter(({ channel }) => channel === "whatsapp");

  test("the approved text is sent by its content SID, filled", async () => {
    expect((await write(PLACES)).status).toBe(201);
    await call();
    const [row] = await written();
    expect(row).toMatchObject({
      kind: "template",
      body: "Ticket A-042 : à votre tour, Awa.",
      content: { template: { contentSid: SID, variables: { "1": "A-042", "2": "Awa" } } },
    });
    await dispatchAccount(deps, { accountId: workspace.account.id });
    expect(
      deps.provider.sent.find(({ channel }) => channel === "whatsapp")?.template,
    ).toMatchObject({
      contentSid: SID,
    });
  });

  test("within them the text is", async () => {
    await write(PLACES);
    const { personId, address } = person;
    const own = { integrationId: sender.id, personId, address };
    const conversation = await createConversation(deps, workspace, own);
    await addMessage(deps, workspace, conversation, { channel: "whatsapp" });
    await call();
    const [row] = (await written()).filter(({ direction }) => direction === "out");
    expect(row).toMatchObject({ kind: "text", body: "Ticket *A-042*, c’est à vous." });
  });

  test("several gathered leave as one text by SMS, since no approved text tells of several", async () => {
    await write(PLACES);
    await prefer(deps, of, { quietHours: [{ days: [...WEEKDAYS], start: "00:00", end: "23:59" }] });
    const told = { kind: "transactional", type: "ticket.called", words: null } as const;
    const channels = ["whatsapp" as const];
    const alone = anAlert(of.personId, { ...told, channels, data: { ticket_number: "A-1" } });
    await raise(deps, of.workspaceId, alone, { ...alone, data: { ticket_number: "A-2" } });
    await prefer(deps, of);
    deps.clock.advance(24 * 3_600_000);
    await releaseDeliveries(deps);
    expect((await writtenTo(deps, of)).map(({ channel }) => channel)).toEqual(["sms"]);
    expect((await fatesOf(deps, of)).sort()).toEqual([
      ...Array(2).fill("queued instead_of_whatsapp"),
      ...Array(2).fill("refused whatsapp_window_closed"),
    ]);
  });

  test.each([
    ["without an approved text", async () => undefined],
    [
      "with one that WhatsApp has paused",
      async () => {
        await write(PLACES);
        await deps.db.update(whatsappTemplates).set({ status: "paused" });
      },
    ],
    ["with a place that stays empty", () => write({ "1": "{{ ticket_number }}" })],
  ])("%s it is refused, and the other channels are not", async (_what, prepare) => {
    await prepare();
    await call();
    expect(await written()).toEqual([]);
    expect((await fatesOf(deps, of)).sort()).toEqual([
      "queued sends",
      "refused whatsapp_window_closed",
    ]);
  });

  test("an unknown variable in a place is named", async () => {
    const { status, body } = await write({ "1": "{{ ticket }}", "2": "x" });
    expect(status).toBe(422);
    expect(body.errors[0].path).toBe(`approved.${sender.id}.variables.1`);
  });
});

describe("custom templates", () => {
  const CUSTOM = {
    name: "Promo été",
    channel: "sms",
    event: "custom",
    body: "Bonjour {{ prenom }}, -{{ remise }} % jusqu'au {{ fin }}.",
    variables: [
      { name: "prenom", default: "cher client" },
      { name: "remise", type: "number" },
      { name: "fin", type: "date" },
    ],
  };

  test("R103 are sent by name with the values of the message", async () => {
    const { body: made } = await admin.post("/templates", CUSTOM);
    const send = (variables: object, template = "promo ÉTÉ") =>
      admin.post("/messages", { channel: "sms", to: "0612345678", template, variables });
    const sent = await send({ remise: 20, fin: "2026-12-24" });
    expect(sent.status).toBe(202);
    expect(sent.body.body).toMatch(/^Bonjour cher client, -20 % jusqu'au 24 décembre 2026/);
    const [row] = await deps.db.select().from(messages).where(eq(messages.id, sent.body.id));
    expect(row).toMatchObject({ templateId: made.id, templateData: { remise: "20" } });
    expect(await send({ remise: 20 })).toMatchObject({
      status: 422,
      body: { code: "template_variable_missing", errors: [{ path: "variables" }] },
    });
    expect((await send({ remise: "vingt", fin: "2026-12-24" })).body.code).toBe(
      "template_variable_invalid",
    );
    expect((await send({}, "promo")).body.code).toBe("template_not_found");
    expect((await send({ remise: 5, fin: "2026-12-24" }, made.id)).status).toBe(202);
  });

  test("have one name a channel and language", async () => {
    await admin.post("/templates", CUSTOM);
    const again = await admin.post("/templates", { ...CUSTOM, name: "PROMO été" });
    expect(again).toMatchObject({ status: 409, body: { code: "name_taken" } });
    const english = await admin.post("/templates", { ...CUSTOM, locale: "en" });
    expect(english.status).toBe(201);
    const second = await admin.post("/templates", { ...CUSTOM, name: "Autre" });
    const renamed = await admin.put(`/templates/${second.body.id}`, { ...CUSTOM });
    expect(renamed).toMatchObject({ status: 409, body: { code: "name_taken" } });
  });

  test("that are disabled are not sent", async () => {
    await admin.post("/templates", { ...CUSTOM, isActive: false });
    const variables = { remise: 20, fin: "2026-12-24" };
    const message = { channel: "sms", to: "0612345678", template: CUSTOM.name, variables };
    expect((await admin.post("/messages", message)).body.code).toBe("template_not_found");
  });

  test("R105 without declared variables take every name in them as one", async () => {
    const { variables: _, ...plain } = CUSTOM;
    const { body } = await admin.post("/templates", plain);
    expect(
      body.variables.map(({ name, type }: { name: string; type: string }) => `${name} ${type}`),
    ).toEqual(["prenom text", "remise text", "fin text"]);
  });

  test("R302 of e-mail bring their subject, HTML and text", async () => {
    await addMailSender(deps, of.workspaceId);
    const mail = {
      name: "Accueil",
      channel: "email",
      event: "custom",
      subject: "Bienvenue {{ qui }}",
      body: "<p>Bonjour <b>{{ qui }}</b></p>",
    };
    await admin.post("/templates", mail);
    const sent = await admin.post("/messages", {
      channel: "email",
      to: "awa@example.test",
      template: "Accueil",
      variables: { qui: "A & B" },
    });
    expect(sent).toMatchObject({
      status: 202,
      body: { subject: "Bienvenue A & B", body: "Bonjour A & B" },
    });
    const [row] = await deps.db.select().from(messages).where(eq(messages.id, sent.body.id));
    expect(row?.html).toContain("<b>A &amp; B</b>");
  });

  test("are read once for all messages of a request, each filled with its own values", async () => {
    await admin.post("/templates", CUSTOM);
    await admin.post("/templates", { ...CUSTOM, name: "Rappel", body: "Encore {{ remise }} %" });
    const heard = openHeardDatabase(database.url);
    const send = async (count: number) => {
      const before = heard.asked.length;
      const messages = Array.from({ length: count }, (_, nth) => ({
        ...{ channel: "sms" as const, to: `06123457${10 + nth}`, body: "", mediaIds: [] },
        template: {
          ref: [CUSTOM.name, "rappel", "ticket.called"][nth % 3] ?? "",
          variables: { remise: `${nth}`, fin: "2026-12-24", ticket_number: `A-${nth}` },
          language: null,
        },
        ...{ email: null, sendAt: null, expiresAt: null, integrationId: null },
        ...{ metadata: null, idempotencyKey: null },
      }));
      const acting = { ...of, integrations: "all", actor: { kind: "system" } } as const;
      const outcome = await sendMessages({ ...deps, db: heard.db }, { acting, messages });
      expect(outcome).toMatchObject({ kind: "stored" });
      return heard.asked.length - before;
    };
    const few = await send(3);
    expect(await send(60)).toBe(few);
    await heard.close();
    const written = await deps.db
      .select({ body: messages.body })
      .from(messages)
      .where(and(eq(messages.workspaceId, of.workspaceId), like(messages.body, "Encore%")))
      .orderBy(messages.id);
    expect(written.at(-1)).toEqual({ body: "Encore 58 %" });
    expect(written).toHaveLength(21);
  });

  test("a type's words are sent by its key, shipped or own", async () => {
    const message = {
      channel: "sms",
      to: "0612345678",
      template: "ticket.called",
      variables: { ticket_number: "B-7" },
    };
    const shipped = await admin.post("/messages", message);
    expect(shipped.body.body).toBe(
      "Bonjour, c'est à vous ! Votre ticket B-7 est appelé. Merci de vous présenter maintenant.",
    );
    await admin.post("/templates", CALLED);
    const own = await admin.post("/messages", message);
    expect(own.body.body).toBe(", le ticket B-7 est attendu au guichet.");
    const english = await admin.post("/messages", { ...message, locale: "en" });
    expect(english.body.body).toMatch(/^Hello, it is your turn/);
  });
});

describe("render and test", () => {
  test("R107 shows what a template says, and names what is missing", async () => {
    const { id } = await find("ticket.called");
    const render = (body: object) => admin.post(`/templates/${id}/render`, body);
    const filled = await render({ variables: { ticket_number: "A-042", customer_name: "Awa" } });
    expect(filled.body).toEqual({
      subject: null,
      body: SHIPPED,
      html: null,
      segments: 1,
      encoding: "GSM-7",
    });
    expect(await render({})).toMatchObject({
      status: 422,
      body: { code: "template_variable_missing", errors: [{ path: "variables.ticket_number" }] },
    });
    expect((await render({ sample: "long" })).body.segments).toBe(2);
    const { id: mail } = await find("loan.due_tomorrow", "email");
    const laidOut = await admin.post(`/templates/${mail}/render`, { sample: "short" });
    expect(laidOut.body.html).toContain('lang="fr"');
    expect(laidOut.body.subject).not.toBe("");
  });

  test("R108 sends a template to a chosen number for real; it counts as no use", async () => {
    const { body: made } = await admin.post("/templates", CALLED);
    const values = { variables: { customer_name: "Awa" }, sample: "short" };
    const sent = await admin.post(`/templates/${made.id}/test`, {
      to: "06 12 34 56 78",
      ...values,
    });
    expect(sent).toMatchObject({
      status: 202,
      body: {
        to: "+33612345678",
        status: "queued",
        body: "Awa, le ticket A-1 est attendu au guichet.",
      },
    });
    await dispatchAccount(deps, { accountId: workspace.account.id });
    expect(deps.provider.sent.map(({ to }) => to)).toEqual(["+33612345678"]);
    expect((await admin.get(`/templates/${made.id}`)).body.usage).toBeNull();
    expect(await audited()).toEqual(["template.created", "template.tested"]);
    expect((await admin.delete(`/templates/${made.id}`)).status).toBe(204);
    const wrong = await admin.post(`/templates/${made.id}/test`, { to: "12", sample: "short" });
    expect(wrong).toMatchObject({ status: 422, body: { code: "invalid_phone_number" } });
  });
});
