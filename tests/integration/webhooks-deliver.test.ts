import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { adminAlerts, webhookDeliveries } from "../../db/schema";
import { oweWebhooks, replayWebhooks } from "../../db/writes/owed-webhooks";
import { claimWebhooks } from "../../db/writes/webhook-deliveries";
import { WEBHOOK_DELAYS } from "../../lib/domain/webhooks/retry";
import { createWebhookSender } from "../../lib/providers/webhooks";
import { deliverWebhooks } from "../../lib/webhooks/deliver-webhooks";
import { writeWebhookSecret } from "../../lib/webhooks/sign";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { openReceiver, readEndpoint } from "../support/webhook-endpoint";
import { createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let deps: TestDeps;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let workspace: TestWorkspace;

beforeEach(async () => {
  receiver = await openReceiver(testDeps(database));
  deps = receiver.deps;
  workspace = await createWorkspace(deps);
});
afterEach(async () => {
  await receiver.sink.close();
  // Of a test that has failed nothing is left to be sent by the next.
  await deps.db.delete(webhookDeliveries);
});

function owe(count = 1) {
  const events = Array.from({ length: count }, (_, n) => ({
    type: "message.sent" as const,
    data: { n },
    occurredAt: deps.clock.now(),
  }));
  const { workspaceId } = workspace;
  return deps.db.transaction((tx) => oweWebhooks(tx, { workspaceId, events }));
}

function answer(status: number, body = "") {
  receiver.sink.answer = () => ({ status, body });
}

/** All the attempts of the schedule, each as soon as it is due. */
async function runSchedule() {
  await deliverWebhooks(deps);
  for (const seconds of WEBHOOK_DELAYS) {
    deps.clock.advance(seconds * 1100);
    await deliverWebhooks(deps);
  }
}

describe("a webhook", () => {
  it("R234 is signed by Standard Webhooks, and is delivered once", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    await owe();
    expect(await deliverWebhooks(deps)).toEqual({ delivered: 1, owed: 0, failed: 0, lost: 0 });
    expect(await deliverWebhooks(deps)).toEqual({ delivered: 0, owed: 0, failed: 0, lost: 0 });
    const [row] = await receiver.owed(endpoint);
    expect(receiver.verified()).toEqual([
      { id: row?.id, type: "message.sent", timestamp: "2026-11-20T09:00:00.000Z", data: { n: 0 } },
    ]);
    expect(receiver.sink.received[0]?.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "webhook-timestamp": String(Date.UTC(2026, 10, 20, 9) / 1000),
    });
    expect(row).toMatchObject({
      status: "delivered",
      deliveredAt: deps.clock.now(),
      attempts: [
        {
          at: "2026-11-20T09:00:00.000Z",
          httpStatus: 200,
          error: null,
          excerpt: "<Response/>",
          latencyMs: 0,
        },
      ],
    });
  });

  it("R234 is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h under its id, then given up", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    answer(500, "Internal\0 error");
    await owe();
    await deliverWebhooks(deps);
    for (const seconds of WEBHOOK_DELAYS) {
      deps.clock.advance(seconds * 999);
      const before = receiver.sink.received.length;
      await deliverWebhooks(deps);
      expect(receiver.sink.received).toHaveLength(before);
      deps.clock.advance(seconds * 102);
      await deliverWebhooks(deps);
      expect(receiver.sink.received).toHaveLength(before + 1);
    }
    const [row] = await receiver.owed(endpoint);
    expect(row?.status).toBe("failed");
    expect(row?.attempts).toHaveLength(8);
    expect(row?.attempts[7]).toMatchObject({ httpStatus: 500, excerpt: "Internal error" });
    expect(new Set(receiver.verified().map(({ id }) => id))).toEqual(new Set([row?.id]));
    deps.clock.advance(DAY_MS);
    expect(await deliverWebhooks(deps)).toMatchObject({ owed: 0, failed: 0 });
  });

  it("keeps the beginning of whatever it is answered", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    answer(500, `\0${"é".repeat(299)}${"🎉".repeat(2000)}`);
    await owe();
    expect(await deliverWebhooks(deps)).toMatchObject({ owed: 1 });
    answer(200);
    deps.clock.advance(6000);
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 1 });
    expect(await receiver.owed(endpoint)).toMatchObject([
      { attempts: [{ excerpt: `${"é".repeat(299)}🎉` }, { excerpt: null }] },
    ]);
  });

  it("R234 rings for a retry that is near, and waits as long as Retry-After asks", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    answer(503);
    await owe();
    await deliverWebhooks(deps);
    expect(deps.bells).toMatchObject([{ kind: "webhooks" }]);
    const [first] = await receiver.owed(endpoint);
    expect(first?.nextAttemptAt.getTime()).toBeGreaterThanOrEqual(
      deps.clock.now().getTime() + 5000,
    );
    expect(first?.nextAttemptAt).toEqual(deps.bells[0]?.at);
    receiver.sink.answer = () => ({ status: 429, headers: { "retry-after": "7200" } });
    deps.clock.advance(6000);
    await deliverWebhooks(deps);
    const [second] = await receiver.owed(endpoint);
    expect(second?.nextAttemptAt).toEqual(new Date(deps.clock.now().getTime() + 2 * HOUR_MS));
  });

  it("is given what it is owed once by two workers at the same time", async () => {
    await receiver.listen(workspace.workspaceId);
    await owe(40);
    const reports = await Promise.all([deliverWebhooks(deps), deliverWebhooks(deps)]);
    expect(reports.map(({ delivered }) => delivered).reduce((a, b) => a + b)).toBe(40);
    expect(receiver.verified()).toHaveLength(40);
    expect(new Set(receiver.verified().map(({ id }) => id)).size).toBe(40);
  });

  it("is sent again under its id where a process died in the middle, once its lease is over", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    await owe();
    const claim = { now: deps.clock.now(), perEndpoint: 4, limit: 10 };
    const dead = deps.chance.uuid();
    await claimWebhooks(deps.sql, { ...claim, leaseId: dead, leaseSeconds: 3600 });
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 0 });
    const past = new Date(Date.now() - 1000);
    await deps.db
      .update(webhookDeliveries)
      .set({ leaseUntil: past })
      .where(eq(webhookDeliveries.leaseId, dead));
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 1 });
    const [row] = await receiver.owed(endpoint);
    expect(row).toMatchObject({ status: "delivered", attempt: 2, leaseId: null });
    expect(receiver.verified()).toMatchObject([{ id: row?.id }]);
  });

  it("that another has taken over is not recorded by whoever comes late", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    await owe();
    const { post } = deps.webhooks;
    const late = {
      ...deps,
      webhooks: {
        ...deps.webhooks,
        post: async (request: Parameters<typeof post>[0]) => {
          const answered = await post(request);
          expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 1 });
          return { ...answered, httpStatus: 500 };
        },
      },
    };
    expect(await deliverWebhooks(late, { leaseSeconds: 0 })).toMatchObject({ lost: 1, owed: 0 });
    expect(receiver.verified()).toHaveLength(2);
    expect(await receiver.owed(endpoint)).toMatchObject([{ status: "delivered", attempt: 2 }]);
  });

  it("to a slow endpoint holds up nobody else, four at once", async () => {
    const slow = await receiver.listen(workspace.workspaceId, {
      url: `${receiver.sink.url}/slow`,
      events: ["message.sent"],
    });
    const quick = await receiver.listen(workspace.workspaceId, {
      url: `${receiver.sink.url}/quick`,
    });
    const isSlow = ({ path }: { path: string }) => path === "/slow";
    receiver.sink.answer = (one) => (isSlow(one) ? "hang" : { status: 204 });
    await owe(5);
    const run = deliverWebhooks({
      ...deps,
      webhooks: createWebhookSender({ trustedOrigins: [receiver.sink.url], timeoutMs: 2000 }),
    });
    await receiver.sink.until(5, (one) => !isSlow(one));
    expect(receiver.sink.received.filter(isSlow)).toHaveLength(4);
    await run;
    const ended = (rows: { status: string }[]) => new Set(rows.map(({ status }) => status));
    expect(ended(await receiver.owed(quick))).toEqual(new Set(["delivered"]));
    const [row] = await receiver.owed(slow);
    expect(row).toMatchObject({
      status: "owed",
      attempts: [{ httpStatus: null, error: "no complete answer within 2 s", excerpt: null }],
    });
  });

  it("to an endpoint that fails goes alone until one has arrived", async () => {
    const failingSince = deps.clock.now();
    const endpoint = await receiver.listen(workspace.workspaceId, { failingSince });
    await owe(6);
    const claim = { now: deps.clock.now(), perEndpoint: 4, limit: 10 };
    const leaseId = deps.chance.uuid();
    expect(await claimWebhooks(deps.sql, { ...claim, leaseId, leaseSeconds: 0 })).toHaveLength(1);
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 6 });
    expect(await readEndpoint(deps, endpoint)).toMatchObject({ failingSince: null });
  });

  it("is signed with the old secret too while it is being rotated, and no longer", async () => {
    const fresh = writeWebhookSecret(Buffer.alloc(32, 8));
    await receiver.listen(workspace.workspaceId, {
      secretSealed: deps.cipher.seal(fresh),
      previousSecretSealed: deps.cipher.seal(receiver.secret),
      previousUntil: new Date(deps.clock.now().getTime() + DAY_MS),
    });
    await owe();
    await deliverWebhooks(deps);
    expect(receiver.verified(fresh)).toEqual(receiver.verified());
    deps.clock.advance(DAY_MS);
    receiver.sink.received.length = 0;
    await owe();
    await deliverWebhooks(deps);
    expect(receiver.verified(fresh)).toHaveLength(1);
    expect(() => receiver.verified()).toThrow("does not hold");
  });

  it("whose secret cannot be opened waits, and holds up no other", async () => {
    const lost = await receiver.listen(workspace.workspaceId, { secretSealed: "v1.lost.key" });
    await receiver.listen(workspace.workspaceId);
    await owe();
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 1, owed: 1 });
    expect(await receiver.owed(lost)).toMatchObject([
      { attempts: [{ error: "its secret cannot be opened: rotate it" }] },
    ]);
  });

  it("R234 is sent again by hand under its id, whether it was delivered or given up", async () => {
    const { workspaceId } = workspace;
    const endpointId = await receiver.listen(workspaceId);
    const at = deps.clock.now();
    await owe();
    await deliverWebhooks(deps);
    const [row] = await receiver.owed(endpointId);
    const deliveryId = row?.id ?? "";
    const which = { workspaceId, endpointId, at };
    expect(await replayWebhooks(deps.db, { ...which, deliveryId })).toBe(1);
    expect(await replayWebhooks(deps.db, { ...which, deliveryId })).toBe(0);
    await deliverWebhooks(deps);
    expect(receiver.verified().map(({ id }) => id)).toEqual([deliveryId, deliveryId]);
    answer(500);
    await owe(3);
    await runSchedule();
    answer(200);
    const failedSince = new Date(at.getTime() - 1);
    const other = await createWorkspace(deps);
    const stranger = { ...which, workspaceId: other.workspaceId, failedSince };
    expect(await replayWebhooks(deps.db, stranger)).toBe(0);
    expect(
      await replayWebhooks(deps.db, { ...which, failedSince: new Date(at.getTime() + 1) }),
    ).toBe(0);
    expect(await replayWebhooks(deps.db, { ...which, failedSince })).toBe(3);
    expect(await deliverWebhooks(deps)).toMatchObject({ delivered: 3 });
  });
});

describe("an endpoint", () => {
  function alerts() {
    return deps.db
      .select()
      .from(adminAlerts)
      .where(eq(adminAlerts.workspaceId, workspace.workspaceId));
  }

  it("R234 that answers 410 Gone is disabled at once and its owner told; what it is owed is kept", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    answer(410);
    await owe();
    await deliverWebhooks(deps);
    expect(await readEndpoint(deps, endpoint)).toMatchObject({
      isActive: false,
      disabledReason: "gone",
      disabledAt: deps.clock.now(),
    });
    expect(await alerts()).toMatchObject([
      { kind: "webhook_endpoint_disabled", targetId: endpoint, errorCode: "gone" },
    ]);
    await owe();
    deps.clock.advance(DAY_MS);
    await deliverWebhooks(deps);
    expect(receiver.sink.received).toHaveLength(1);
    expect(await receiver.owed(endpoint)).toMatchObject([{ status: "owed", attempt: 1 }]);
  });

  it("R234 that nothing has reached for five days is disabled, and its owner told once", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    answer(500);
    for (let day = 0; day < 5; day++) {
      await owe();
      await deliverWebhooks(deps);
      deps.clock.advance(DAY_MS - 1);
      expect((await readEndpoint(deps, endpoint)).isActive).toBe(true);
    }
    deps.clock.advance(5);
    await owe(2);
    await deliverWebhooks(deps);
    expect(await readEndpoint(deps, endpoint)).toMatchObject({
      isActive: false,
      disabledReason: "failing",
      failingSince: new Date("2026-11-20T09:00:00Z"),
    });
    expect(await alerts()).toMatchObject([{ errorCode: "failing", count: 1 }]);
  });

  it("that takes one event within the five days is not", async () => {
    const endpoint = await receiver.listen(workspace.workspaceId);
    answer(500);
    await owe();
    await deliverWebhooks(deps);
    deps.clock.advance(4 * DAY_MS);
    answer(200);
    await deliverWebhooks(deps);
    expect((await readEndpoint(deps, endpoint)).failingSince).toBeNull();
    deps.clock.advance(4 * DAY_MS);
    answer(500);
    await owe();
    await deliverWebhooks(deps);
    expect(await readEndpoint(deps, endpoint)).toMatchObject({ isActive: true });
  });

  it("R234 in a private network is refused: by its address, by its name, and behind a redirect", async () => {
    const names: Record<string, string> = { "inside.example.test": "10.0.0.8" };
    const webhooks = createWebhookSender({
      trustedOrigins: [receiver.sink.url],
      resolve: async (name) => (names[name] ? [names[name]] : []),
    });
    const inside = new URL(receiver.sink.url);
    const { port } = inside;
    for (const url of [
      `http://127.0.0.2:${port}/`,
      `http://[::1]:${port}/`,
      "http://inside.example.test/",
      "http://169.254.169.254/latest/meta-data",
    ]) {
      expect(await webhooks.post({ url, headers: {}, body: "{}" })).toMatchObject({
        httpStatus: null,
        error: "the address leads into a private network",
      });
    }
    const target = await openReceiver(deps);
    receiver.sink.answer = () => ({
      status: 307,
      body: "moved",
      headers: { location: `${target.sink.url}/` },
    });
    const url = `${receiver.sink.url}/`;
    const posted = await webhooks.post({ url, headers: {}, body: "{}" });
    expect(posted).toMatchObject({ httpStatus: 307, excerpt: "moved" });
    expect(target.sink.received).toHaveLength(0);
    await target.sink.close();
  });

  it("is asked by name anew each time: one that has moved into a private network gets nothing", async () => {
    let address = "203.0.113.8";
    const webhooks = createWebhookSender({ trustedOrigins: [], resolve: async () => [address] });
    const url = "https://hooks.example.test/";
    expect(await webhooks.checkUrl(url)).toEqual({
      ok: false,
      reason: "leads into a private network",
    });
    address = "93.184.215.14";
    expect(await webhooks.checkUrl(url)).toEqual({ ok: true });
    address = "127.0.0.1";
    const endpoint = await receiver.listen(workspace.workspaceId, { url });
    await owe();
    await deliverWebhooks({ ...deps, webhooks });
    const [row] = await deps.db
      .select()
      .from(webhookDeliveries)
      .where(eq(webhookDeliveries.endpointId, endpoint));
    expect(row?.attempts).toMatchObject([{ error: "the address leads into a private network" }]);
  });
});
