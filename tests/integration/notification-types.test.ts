import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog, notifications } from "../../db/schema";
import { createClient, installRuntime } from "../support/api";
import { createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
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
