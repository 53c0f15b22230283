import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { addresses, auditLog, notifications, persons } from "../../db/schema";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { addMailSender } from "../support/mail-sender";
import { fatesOf, prefer, writtenTo } from "../support/notifications";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let person: TestConversation;
let of: { workspaceId: TestWorkspace["workspaceId"]; personId: string };
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  person = await createConversation(deps, workspace, { name: "Awa" });
  of = { workspaceId: workspace.workspaceId, personId: person.personId };
  await prefer(deps, of);
  admin = await createClient(deps, workspace.workspaceId);
});

const shipped = {
  key: "order.shipped",
  kind: "transactional",
  category: "orders",
  severity: "medium",
  channels: ["sms"],
  names: { fr: "Commande expédiée", en: "Order shipped" },
};
const event = (values: Record<string, unknown> = {}) => ({
  type: "order.shipped",
  recipient: { contactId: person.personId },
  data: { title: "Expédiée", message: "Elle arrive demain." },
  ...values,
});
const ticket = () => event({ type: "ticket.called", data: { ticket_number: "A-042" } });

describe("/notification-types", () => {
  test("lists the ready sets, and the workspace's own after them", async () => {
    const before = await admin.get("/notification-types");
    expect(before.body.data).toHaveLength(14);
    expect(before.body.data[0]).toMatchObject({
      key: "security.suspicious_object",
      origin: "ready",
      severity: "high",
      isActive: true,
      isReported: true,
      hasTemplate: true,
    });
    expect((await admin.post("/notification-types", shipped)).status).toBe(201);
    const { data } = (await admin.get("/notification-types")).body;
    expect(data.at(-1)).toMatchObject({ ...shipped, origin: "own", hasTemplate: false });
    const stranger = await createClient(deps, (await createWorkspace(deps)).workspaceId);
    expect((await stranger.get("/notification-types/order.shipped")).status).toBe(404);
    expect((await stranger.get("/notification-types")).body.data).toHaveLength(14);
  });

  test("an own type is told in its event's words, and asks for them by name", async () => {
    await admin.post("/notification-types", shipped);
    expect((await admin.post("/events", event())).status).toBe(202);
    expect(await writtenTo(deps, of)).toMatchObject([{ body: "Expédiée\nElle arrive demain." }]);
    const [row] = await deps.db
      .select()
      .from(notifications)
      .where(eq(notifications.personId, person.personId));
    expect(row).toMatchObject({ category: "orders", kind: "transactional", severity: "medium" });
    const silent = await admin.post("/events", event({ data: {} }));
    expect(silent).toMatchObject({ status: 422, body: { code: "invalid_data" } });
    expect(silent.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      "data.title",
      "data.message",
    ]);
  });

  test("R019 an own type of the set security is an alert type", async () => {
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const fire = { ...shipped, key: "security.fire", kind: "alert", category: "security" };
    const alert = { userId: user.id, alertType: "fire", title: "Feu", message: "Hall B" };
    const unknown = await admin.post("/alerts", { ...alert, severity: "high" });
    expect(unknown).toMatchObject({ status: 422, body: { code: "unknown_type" } });
    await admin.post("/notification-types", fire);
    expect((await admin.post("/alerts", { ...alert, severity: "high" })).status).toBe(202);
  });

  test("what is reported of a type that is off is kept and refused, never dropped; on again it leaves", async () => {
    const off = await admin.put("/notification-types/ticket.called", { isActive: false });
    expect(off.body).toMatchObject({ origin: "changed", isActive: false, kind: "transactional" });
    const made = await admin.post("/events", ticket());
    expect(made.status).toBe(202);
    expect(made.body.data[0].deliveries).toContainEqual(
      expect.objectContaining({
        status: "refused",
        reason: "type_inactive",
        sentence: "This type is switched off in the workspace",
      }),
    );
    expect(await fatesOf(deps, of)).toContain("refused type_inactive");
    expect(await writtenTo(deps, of)).toEqual([]);
    expect((await admin.delete("/notification-types/ticket.called")).status).toBe(204);
    await admin.post("/events", ticket());
    expect(await writtenTo(deps, of)).toHaveLength(1);
  });

  test("a ready type that is changed is told so: other channels, another usual severity", async () => {
    await admin.put("/notification-types/ticket.called", { channels: ["web"], severity: "high" });
    const made = await admin.post("/events", ticket());
    expect(made.body.data[0].deliveries.map((one: { channel: string }) => one.channel)).toEqual([
      "web",
    ]);
    const told = await admin.get(`/notifications/${made.body.data[0].id}`);
    expect(told.body.severity).toBe("high");
    const type = await admin.get("/notification-types/ticket.called");
    expect(type.body).toMatchObject({ names: { en: "Ticket called" }, isTimeSensitive: true });
  });

  test("a text says the codes that the workspace has chosen, and none where there are none", async () => {
    const told = async (replyCodes: object[]) => {
      await admin.put("/notification-types/ticket.called", { replyCodes });
      await admin.post("/events", ticket());
      return (await writtenTo(deps, of)).at(-1)?.body;
    };
    const seen = { word: "BIENVU", action: "acknowledge" };
    const no = { word: "NON", action: "cancel" };
    expect(await told([seen, no])).toMatch(/ Répondez BIENVU si vu, NON pour annuler\.$/);
    expect(await told([])).not.toContain("Répondez");
  });

  test("R024 alerts of high frequency can be made critical, or switched off", async () => {
    const alert = event({ type: "security.anomaly", data: { title: "A", message: "B" } });
    const tellings = async () => {
      const { data } = (await admin.get("/notifications?type=security.high_frequency")).body;
      return data.map(({ severity }: { severity: string }) => severity);
    };
    await admin.put("/notification-types/security.high_frequency", { severity: "critical" });
    await admin.post("/events", Array(10).fill(alert));
    expect(await tellings()).toEqual(["critical"]);
  });

  test("an own type is changed and deleted; each change is written down", async () => {
    await admin.post("/notification-types", shipped);
    const changed = await admin.put("/notification-types/order.shipped", { category: "parcels" });
    expect(changed.body).toMatchObject({ category: "parcels", names: shipped.names });
    expect((await admin.delete("/notification-types/order.shipped")).status).toBe(204);
    expect((await admin.delete("/notification-types/order.shipped")).status).toBe(404);
    expect((await admin.post("/events", event())).body.code).toBe("unknown_type");
    const rows = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.targetId, "order.shipped"))
      .orderBy(auditLog.id);
    const own = rows.filter(({ workspaceId }) => workspaceId === workspace.workspaceId);
    expect(own.map(({ action }) => action)).toEqual([
      "notification_type.created",
      "notification_type.changed",
      "notification_type.deleted",
    ]);
  });

  test.each([
    [{ key: "shipped" }, 422, "invalid_key", "key"],
    [{ category: "alert" }, 422, "reserved_category", "category"],
    [{ category: "Big Orders" }, 422, "validation_failed", "category"],
    [{ replyCodes: [{ word: "Arrêt", action: "cancel" }] }, 422, "reply_code", "replyCodes.0.word"],
    [{ channels: [] }, 422, "validation_failed", "channels"],
    [{ plan: {} }, 422, "validation_failed", "plan"],
  ])("refuses %j by name", async (values, status, code, path) => {
    const answer = await admin.post("/notification-types", { ...shipped, ...values });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.errors[0].path).toBe(path);
  });

  test("refuses a key that there is, also a ready one, and what a set fixes", async () => {
    await admin.post("/notification-types", shipped);
    for (const key of ["order.shipped", "loan.assigned"]) {
      const taken = await admin.post("/notification-types", { ...shipped, key });
      expect(taken).toMatchObject({ status: 409, body: { code: "key_taken" } });
    }
    const fixed = await admin.put("/notification-types/loan.assigned", { kind: "alert" });
    expect(fixed).toMatchObject({ status: 422, body: { code: "fixed_by_set" } });
    expect(fixed.body.errors[0].path).toBe("kind");
    expect((await admin.put("/notification-types/no.such", { isActive: true })).status).toBe(404);
  });
});

describe("templates of an own type", () => {
  const declared = {
    ...shipped,
    variables: [
      { name: "customer_name", type: "text", default: "" },
      { name: "parcel", type: "text", default: null },
      { name: "count", type: "number", default: "1" },
    ],
  };
  const words = {
    name: "Expédiée",
    event: "order.shipped",
    channel: "sms",
    locale: "fr",
    body: "{{ customer_name }}, le colis {{ parcel }} ({{ count }}) arrive.",
  };
  const make = async () => {
    await admin.post("/notification-types", declared);
    return (await admin.post("/templates", words)).body;
  };
  const reported = (data: Record<string, unknown>) => admin.post("/events", event({ data }));
  const bodies = async () => (await writtenTo(deps, of)).map(({ body }) => body);
  const stored = () =>
    deps.db.$count(notifications, eq(notifications.workspaceId, workspace.workspaceId));
  const pathsOf = (answer: { body: { errors?: { path: string }[] } }) =>
    answer.body.errors?.map(({ path }) => path);

  test("R105 R107 are written with its declared variables; any other is refused by its name", async () => {
    expect((await admin.post("/templates", words)).body).toMatchObject({ code: "unknown_event" });
    await admin.post("/notification-types", declared);
    const wrong = await admin.post("/templates", { ...words, body: "{{ parcel }} {{ weight }}" });
    expect(wrong).toMatchObject({ status: 422, body: { code: "unknown_variable" } });
    expect(wrong.body.errors).toEqual([
      {
        path: "body",
        message:
          "Line 1: there is no variable weight here; there are: customer_name, parcel, count, reply_hint",
      },
    ]);
    const made = await admin.post("/templates", words);
    expect(made).toMatchObject({ status: 201, body: { ...words, version: 1 } });
    expect(made.body.variables.map(({ name }: { name: string }) => name)).toEqual([
      "customer_name",
      "parcel",
      "count",
      "reply_hint",
    ]);
    expect((await admin.post("/templates", words)).status).toBe(409);
    const listed = await admin.get("/templates?event=order.shipped");
    expect(listed.body.data).toEqual([made.body]);
    const type = await admin.get("/notification-types/order.shipped");
    expect(type.body).toMatchObject({ hasTemplate: true });
    const render = await admin.post(`/templates/${made.body.id}/render`, { sample: "short" });
    expect(render.body.body).toBe("Awa, le colis Awa (5) arrive.");
    const stranger = await createClient(deps, (await createWorkspace(deps)).workspaceId);
    expect((await stranger.post("/templates", words)).body.code).toBe("unknown_event");
  });

  test("R106 word what its events report, with defaults; an event without a needed variable is refused by name", async () => {
    const { id } = await make();
    expect((await reported({ parcel: "P-7" })).status).toBe(202);
    expect(await writtenTo(deps, of)).toMatchObject([
      { body: "Awa, le colis P-7 (1) arrive.", templateId: id },
    ]);
    const [row] = await deps.db
      .select()
      .from(notifications)
      .where(eq(notifications.personId, person.personId));
    expect(row).toMatchObject({
      title: "Commande expédiée",
      body: "Awa, le colis P-7 (1) arrive.",
      hasTemplate: true,
    });
    const lacking = await reported({ count: 2 });
    expect(lacking).toMatchObject({ status: 422, body: { code: "invalid_data" } });
    expect(pathsOf(lacking)).toEqual(["data.parcel"]);
    expect(pathsOf(await reported({ parcel: "P-7", count: "many" }))).toEqual(["data.count"]);
    expect(await stored()).toBe(1);
  });

  test("title and message of an event say it where no template does, or where its data cannot fill one", async () => {
    await make();
    const said = { title: "Expédiée", message: "Elle arrive." };
    await reported({ ...said, parcel: "P-7" });
    await reported(said);
    expect(await bodies()).toEqual(["Awa, le colis P-7 (1) arrive.", "Expédiée\nElle arrive."]);
    await deps.db.update(persons).set({ locale: "en" }).where(eq(persons.id, person.personId));
    await reported({ ...said, parcel: "P-7" });
    expect((await bodies()).at(-1)).toBe("Expédiée\nElle arrive.");
  });

  test("an event that nothing says in its recipient's language is refused at the door, and so are all beside it", async () => {
    const { id } = await make();
    await deps.db.update(persons).set({ locale: "en" }).where(eq(persons.id, person.personId));
    const several = [event(), event({ data: { parcel: "P-7" } })];
    const silent = await admin.post("/events", several);
    expect(silent).toMatchObject({ status: 422, body: { code: "invalid_data" } });
    expect(silent.body.errors[0]).toEqual({
      path: "1.data.title",
      message:
        "order.shipped has no template for sms in English that this data fills: say it here, in 1 to 200 characters",
    });
    expect(await stored()).toBe(0);
    await admin.post("/templates", { ...words, locale: "en", body: "{{ parcel }} is coming." });
    expect((await reported({ parcel: "P-7" })).status).toBe(202);
    expect(await bodies()).toEqual(["P-7 is coming."]);
    const newcomer = {
      ...event({ data: { parcel: "P-8" } }),
      recipient: { phone: "+33199000411" },
    };
    expect((await admin.post("/events", newcomer)).status).toBe(202);
    await admin.put(`/templates/${id}`, { ...changesOf(words), isActive: false });
    const off = await admin.post("/events", {
      ...newcomer,
      recipient: { phone: "+33199000412" },
    });
    expect(pathsOf(off)).toEqual(["data.title", "data.message"]);
  });

  test("each channel has its own, and lists show the subject of the e-mail", async () => {
    await admin.post("/notification-types", { ...declared, channels: ["email", "sms"] });
    await addMailSender(deps, workspace.workspaceId);
    const value = "awa@example.test";
    const createdAt = deps.clock.now();
    const id = deps.chance.uuid();
    await deps.db
      .insert(addresses)
      .values({ ...of, id, kind: "email", value, raw: value, createdAt });
    await prefer(deps, of, { enabledChannels: ["email", "sms"] });
    const mail = {
      ...words,
      channel: "email",
      subject: "Colis {{ parcel }}",
      body: "<p>En route</p>",
    };
    expect((await admin.post("/templates", mail)).status).toBe(201);
    expect((await reported({ parcel: "P-7" })).body.errors[0].message).toContain(
      "for sms in French",
    );
    await admin.post("/templates", words);
    await reported({ parcel: "<P-7>" });
    const [row] = await deps.db
      .select()
      .from(notifications)
      .where(eq(notifications.personId, person.personId));
    expect(row).toMatchObject({ title: "Colis <P-7>", body: "Awa, le colis <P-7> (1) arrive." });
    const written = await writtenTo(deps, of);
    expect(written.map(({ channel, subject }) => `${channel} ${subject}`).sort()).toEqual([
      "email Colis <P-7>",
      "sms null",
    ]);
  });

  test("a variable that a template needs stays; others change with the type, and come to its templates", async () => {
    const { id } = await make();
    const [name, , count] = declared.variables;
    const without = await admin.put("/notification-types/order.shipped", {
      variables: [name, count],
    });
    expect(without).toMatchObject({ status: 422, body: { code: "variable_used" } });
    expect(without.body.errors[0]).toEqual({
      path: "variables",
      message:
        "The template sms fr would no longer be right. Line 1: there is no variable parcel here; there are: customer_name, count, reply_hint",
    });
    const wrong = { name: "weight", type: "number", default: "heavy" };
    const bad = await admin.put("/notification-types/order.shipped", { variables: [wrong] });
    expect(bad).toMatchObject({ status: 422, body: { code: "invalid_default" } });
    expect(pathsOf(bad)).toEqual(["variables.0.default"]);
    const variables = [...declared.variables, { ...wrong, default: "2" }];
    expect((await admin.put("/notification-types/order.shipped", { variables })).status).toBe(200);
    const body = "{{ parcel }} {{ weight }} kg";
    const changed = await admin.put(`/templates/${id}`, { ...changesOf(words), body });
    expect(changed).toMatchObject({ status: 200, body: { body, version: 2 } });
    await reported({ parcel: "P-7" });
    expect(await bodies()).toEqual(["P-7 2 kg"]);
  });

  test("R107 texts name what may be answered, as the type's codes say it now; an e-mail cannot be answered so", async () => {
    const { id } = await make();
    const body = "{{ parcel }} arrive. {{ reply_hint }}";
    const hinted = await admin.put(`/templates/${id}`, { ...changesOf(words), body });
    expect(hinted.status).toBe(200);
    await reported({ parcel: "P-7" });
    const replyCodes = [{ word: "OK", action: "acknowledge" }];
    const change = (changes: object) => admin.put("/notification-types/order.shipped", changes);
    expect((await change({ replyCodes })).status).toBe(200);
    await reported({ parcel: "P-8" });
    expect(await bodies()).toEqual(["P-7 arrive. ", "P-8 arrive. Répondez OK si vu."]);
    const sample = await admin.post(`/templates/${id}/render`, { sample: "long" });
    expect(sample.body.body).toContain("Répondez OK si vu.");
    const mail = { ...words, channel: "email", subject: "Colis", body };
    const refused = await admin.post("/templates", mail);
    expect(refused).toMatchObject({ status: 422, body: { code: "unknown_variable" } });
    const reserved = { name: "reply_hint", type: "text", default: "" };
    const taken = await change({ variables: [...declared.variables, reserved] });
    expect(taken).toMatchObject({ status: 422, body: { code: "name_reserved" } });
  });

  test("codes that make a template too long are refused", async () => {
    const { id } = await make();
    const body = `${"a".repeat(1595)}{{ reply_hint }}`;
    const long = await admin.put(`/templates/${id}`, { ...changesOf(words), body });
    expect(long.status).toBe(200);
    const replyCodes = [{ word: "OK", action: "acknowledge" }];
    const answer = await admin.put("/notification-types/order.shipped", { replyCodes });
    expect(answer).toMatchObject({ status: 422, body: { code: "variable_used" } });
    expect(pathsOf(answer)).toEqual(["replyCodes"]);
  });

  test("two who change a type at once both keep what they changed", async () => {
    await make();
    const variables = [...declared.variables, { name: "weight", type: "text", default: "" }];
    const changes = [{ variables }, { severity: "high" }, { category: "parcels" }];
    await Promise.all(
      changes.map((change) => admin.put("/notification-types/order.shipped", change)),
    );
    const type = await admin.get("/notification-types/order.shipped");
    expect(type.body).toMatchObject({ severity: "high", category: "parcels" });
    expect(type.body.variables).toHaveLength(4);
  });

  test("go with their type when it is deleted, and no others do", async () => {
    const { id } = await make();
    await admin.post("/templates", { ...words, event: "custom", body: "Bonjour" });
    await reported({ parcel: "P-7" });
    expect((await admin.delete("/notification-types/custom")).status).toBe(404);
    expect((await admin.delete("/notification-types/order.shipped")).status).toBe(204);
    expect((await admin.get(`/templates/${id}`)).status).toBe(404);
    expect((await admin.get("/templates?event=custom")).body.data).toHaveLength(1);
    expect(await bodies()).toEqual(["Awa, le colis P-7 (1) arrive."]);
  });
});

/** A template without what stays of it. */
function changesOf<T extends { event: string; channel: string; locale: string }>(template: T) {
  const { event: _, channel: __, locale: ___, ...changes } = template;
  return changes;
}
