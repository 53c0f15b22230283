import { and, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adminAlerts, auditLog, webhookEndpoints } from "../../db/schema";
import { deliverWebhooks } from "../../lib/webhooks/deliver-webhooks";
import { replayEvents } from "../../lib/webhooks/replay-events";
import { createClient, installRuntime } from "../support/api";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { openReceiver, readEndpoint } from "../support/webhook-endpoint";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
const SECRET = /^whsec_[A-Za-z0-9+/]{43}=$/;

let deps: TestDeps;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let workspace: TestWorkspace;
let admin: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  receiver = await openReceiver(testDeps(database));
  deps = receiver.deps;
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  admin = await createClient(deps, workspace.workspaceId, { role: "admin" });
});
afterEach(() => receiver.sink.close());

async function create(body: Record<string, unknown> = {}) {
  const answer = await admin.post("/webhook-endpoints", {
    url: `${receiver.sink.url}/in`,
    ...body,
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

function actions() {
  return deps.db
    .select({ action: auditLog.action, data: auditLog.data })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.workspaceId, workspace.workspaceId),
        eq(auditLog.targetType, "webhook_endpoint"),
      ),
    )
    .orderBy(auditLog.id);
}

describe("/webhook-endpoints", () => {
  it("R234 shows the secret once, keeps it sealed, and signs with it", async () => {
    const made = await create({ description: "CRM", events: ["message.sent", "message.sent"] });
    expect(made).toMatchObject({ description: "CRM", events: ["message.sent"], isActive: true });
    expect(made.secret).toMatch(SECRET);
    const row = await readEndpoint(deps, made.id);
    expect(row.secretSealed).not.toContain(made.secret);
    expect(deps.cipher.open(row.secretSealed)).toBe(made.secret);
    const { secret: _, ...shown } = made;
    expect((await admin.get(`/webhook-endpoints/${made.id}`)).body).toEqual(shown);
    expect((await admin.get("/webhook-endpoints")).body).toEqual({
      data: [shown],
      nextCursor: null,
    });
    const test = await admin.post(`/webhook-endpoints/${made.id}/test`, undefined);
    expect(test.status).toBe(202);
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 1 });
    expect(receiver.verified(made.secret)).toMatchObject([
      { id: test.body.id, type: "webhook.test", data: { endpointId: made.id } },
    ]);
    expect(JSON.stringify(await actions())).not.toContain(made.secret);
  });

  it("R234 has a secret rotated with both signing for a day", async () => {
    const made = await create();
    const rotated = await admin.post(`/webhook-endpoints/${made.id}/rotate`, undefined);
    expect(rotated).toMatchObject({
      status: 200,
      body: { previousSecretUntil: "2026-11-21T09:00:00.000Z" },
    });
    expect(rotated.body.secret).toMatch(SECRET);
    expect(rotated.body.secret).not.toBe(made.secret);
    await admin.post(`/webhook-endpoints/${made.id}/test`, undefined);
    await deliverWebhooks(deps);
    expect(receiver.verified(made.secret)).toEqual(receiver.verified(rotated.body.secret));
  });

  it.each([
    ["http://127.0.0.1:9/in", "The address leads into a private network"],
    ["https://10.0.0.8/in", "The address leads into a private network"],
    ["https://[::1]/in", "The address leads into a private network"],
    [`https://${["user", "x"].join(":")}@example.com/`, "The address must not hold credentials"],
    ["ftp://example.com/", "The address must begin with https:// or http://"],
    ["hooks", "The address is not a web address"],
  ])("R234 refuses %s", async (url, message) => {
    const refused = {
      status: 422,
      body: { code: "url_refused", errors: [{ path: "url", message }] },
    };
    expect(await admin.post("/webhook-endpoints", { url })).toMatchObject(refused);
    const made = await create();
    const changed = await admin.patch(`/webhook-endpoints/${made.id}`, { url });
    expect(changed).toMatchObject(refused);
  });

  it("names what is wrong with the events, and knows a limit", async () => {
    const url = `${receiver.sink.url}/in`;
    const wrong = await admin.post("/webhook-endpoints", { url, events: ["message.lost"] });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: "events.0" }] } });
    for (let n = 0; n < 20; n++) await create();
    expect(await admin.post("/webhook-endpoints", { url })).toMatchObject({
      status: 409,
      body: { code: "too_many_endpoints" },
    });
    const first = await admin.get("/webhook-endpoints?limit=15");
    const second = await admin.get(`/webhook-endpoints?limit=15&cursor=${first.body.nextCursor}`);
    const ids = [...first.body.data, ...second.body.data].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(20);
    expect(second.body.nextCursor).toBeNull();
  });

  it("is disabled, enabled again and deleted by administrators, which is written down", async () => {
    const made = await create();
    const path = `/webhook-endpoints/${made.id}`;
    expect((await admin.patch(path, { isActive: false })).body).toMatchObject({
      isActive: false,
      disabledReason: "by_person",
      disabledAt: "2026-11-20T09:00:00.000Z",
    });
    expect(await admin.post(`${path}/test`, undefined)).toMatchObject({
      status: 409,
      body: { code: "endpoint_disabled" },
    });
    expect((await admin.patch(path, { isActive: true })).body).toMatchObject({
      isActive: true,
      disabledReason: null,
      disabledAt: null,
    });
    expect((await admin.delete(path)).status).toBe(204);
    expect((await admin.get(path)).status).toBe(404);
    expect((await actions()).map(({ action }) => action)).toEqual([
      "webhook_endpoint.created",
      "webhook_endpoint.updated",
      "webhook_endpoint.updated",
      "webhook_endpoint.deleted",
    ]);
  });

  it("that has failed and is enabled again begins anew: what it was owed leaves, its alert is over", async () => {
    const made = await create();
    receiver.sink.answer = () => ({ status: 410 });
    await admin.post(`/webhook-endpoints/${made.id}/test`, undefined);
    await deliverWebhooks(deps);
    const open = () => deps.db.$count(adminAlerts, eq(adminAlerts.targetId, made.id));
    expect(await open()).toBe(1);
    receiver.sink.answer = () => ({ status: 200 });
    await admin.patch(`/webhook-endpoints/${made.id}`, { isActive: true });
    expect(deps.bells.at(-1)).toMatchObject({ kind: "webhooks" });
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 1 });
    const [alert] = await deps.db
      .select()
      .from(adminAlerts)
      .where(eq(adminAlerts.targetId, made.id));
    expect(alert?.resolvedAt).not.toBeNull();
    expect(await readEndpoint(deps, made.id)).toMatchObject({ failingSince: null });
  });

  it("is nobody's but its own workspace's administrators'", async () => {
    const made = await create();
    const path = `/webhook-endpoints/${made.id}`;
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId, { role: "admin" });
    expect((await stranger.get("/webhook-endpoints")).body.data).toEqual([]);
    for (const answer of [
      await stranger.get(path),
      await stranger.patch(path, { isActive: false }),
      await stranger.delete(path),
      await stranger.post(`${path}/rotate`, undefined),
      await stranger.post(`${path}/test`, undefined),
    ]) {
      expect(answer.status).toBe(404);
    }
    const by = {
      workspaceId: other.workspaceId,
      role: "admin" as const,
      actor: { kind: "system" as const },
    };
    const which = { failedSince: new Date(0) };
    expect(await replayEvents(deps, by, { endpointId: made.id, which })).toEqual({
      kind: "not_found",
    });
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    expect((await agent.get("/webhook-endpoints")).status).toBe(403);
    expect(await deps.db.$count(webhookEndpoints, eq(webhookEndpoints.id, made.id))).toBe(1);
  });
});
