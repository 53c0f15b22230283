import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { adminAlerts, auditLog, integrations, messages } from "../../db/schema";
import { PAUSE_BATCH } from "../../db/writes/paused";
import type { Administrator, Caller } from "../../lib/domain/viewer";
import { probeStopped } from "../../lib/integrations/probe-stopped";
import { testIntegration } from "../../lib/integrations/test-integration";
import { updateIntegration } from "../../lib/integrations/update-integration";
import { applyStatus } from "../../lib/outbound/apply-status";
import { cancelMessage } from "../../lib/outbound/cancel-message";
import { releasePaused } from "../../lib/outbound/release-paused";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueQueued, findMessage, openOutbox, statusesOf } from "../support/outbox";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
let admin: Administrator & Caller;

const HOUR = 3_600_000;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
  admin = ownerOf(outbox.workspace);
});

function ownerOf({ workspaceId }: TestWorkspace): Administrator & Caller {
  const actor = { kind: "system" } as const;
  return { workspaceId, integrations: "all", actor, role: "owner", scopes: null };
}

/** From here on the provider refuses with this code; null: it takes everything again. */
function refuseWith(code: string | null) {
  deps.provider.answer = (_request, n) =>
    code === null
      ? { kind: "accepted", providerId: `SM${n.toString(16).padStart(32, "0")}`, segments: 1 }
      : { kind: "rejected", fault: "configuration", code, message: "No", httpStatus: 400 };
}

async function sender(id: string) {
  const [row] = await deps.db.select().from(integrations).where(eq(integrations.id, id));
  if (!row) throw new Error("no sender");
  return row;
}

const renew = () =>
  updateIntegration(deps, admin, {
    id: outbox.workspace.integration.id,
    changes: { apiKey: "another-token" },
  });

const release = (dropBefore: Date | null = null) =>
  releasePaused(deps, admin, { integrationId: outbox.workspace.integration.id, dropBefore });

describe("a fault of the account", () => {
  it("pauses the message, stops the account and tells the administrators", async () => {
    refuseWith("20003");
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({
      status: "paused",
      statusReason: "account_stopped",
      errorCode: "20003",
      attemptsCounted: 0,
      failedAt: null,
      pausedAt: deps.clock.now(),
    });
    expect(await outbox.account()).toMatchObject({
      stoppedAt: deps.clock.now(),
      stoppedCode: "20003",
    });
    const alerts = await deps.db
      .select()
      .from(adminAlerts)
      .where(eq(adminAlerts.workspaceId, outbox.workspace.workspaceId));
    expect(alerts).toMatchObject([{ errorCode: "20003", resolvedAt: null }]);
  });

  it("pauses what waits without trying it, over all of its senders, and rings for nothing", async () => {
    refuseWith("20003");
    await outbox.enqueue("first");
    const other = await createIntegration(deps, outbox.workspace);
    await outbox.dispatch();
    const elsewhere = await createConversation(deps, outbox.workspace, { integrationId: other.id });
    const waiting = [
      await outbox.enqueue("second"),
      await enqueueQueued(deps, {
        workspaceId: outbox.workspace.workspaceId,
        conversationId: elsewhere.id,
        body: "of the other number",
      }),
    ];
    deps.bells.length = 0;
    expect(await outbox.dispatch()).toEqual({ kind: "done", ended: 0, nextDue: null });
    expect(deps.provider.sent).toHaveLength(1);
    expect(deps.bells).toEqual([]);
    expect(
      await statusesOf(
        deps,
        waiting.map(({ id }) => id),
      ),
    ).toEqual(["paused", "paused"]);
    expect(await outbox.events(waiting[0]?.id ?? "")).toEqual(["queued", "paused"]);
    const { accountIds } = await sweepOutbound(deps);
    expect(accountIds).not.toContain(outbox.workspace.account.id);
  });

  it("pauses a scheduled message when it is due, in its place in the thread", async () => {
    refuseWith("20003");
    const first = await outbox.enqueue("first");
    const later = await outbox.enqueue("later", {
      sendAfter: new Date(deps.clock.now().getTime() + HOUR),
    });
    await outbox.dispatch();
    expect((await outbox.row(later.id)).status).toBe("scheduled");
    deps.clock.advance(HOUR);
    await outbox.dispatch();
    expect(await outbox.row(later.id)).toMatchObject({
      status: "paused",
      seq: ((await outbox.row(first.id)).seq ?? 0) + 1,
    });
  });

  it("pauses more than a batch", async () => {
    refuseWith("20003");
    const first = await outbox.enqueue("first");
    await outbox.dispatch();
    const template = await outbox.row(first.id);
    const many = Array.from({ length: PAUSE_BATCH + 5 }, (_, n) => ({
      ...template,
      id: deps.chance.uuid(),
      status: "queued" as const,
      seq: 1000 + n,
    }));
    for (let n = 0; n < many.length; n += 500) {
      await deps.db.insert(messages).values(many.slice(n, n + 500));
    }
    await outbox.dispatch();
    const { integrationId } = template;
    expect(await deps.db.$count(messages, eq(messages.integrationId, integrationId))).toBe(1006);
    refuseWith(null);
    await renew();
    expect(await release()).toEqual({ kind: "released", sent: 1006, dropped: 0 });
  });

  it("that a receipt reports stops it once: not again after the repair", async () => {
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    const report = {
      messageId: message.id,
      attempt: 1,
      providerId: `SM${"1".padStart(32, "0")}`,
      errorMessage: null,
      data: {},
      via: "callback" as const,
    };
    const undelivered = { ...report, status: "undelivered" as const, errorCode: "30002" };
    deps.clock.advance(1000);
    await applyStatus(deps, { ...undelivered, carrierAt: null });
    expect((await outbox.account()).stoppedCode).toBe("30002");
    expect((await outbox.row(message.id)).status).toBe("undelivered");
    deps.clock.advance(1000);
    await renew();
    await applyStatus(deps, { ...undelivered, carrierAt: deps.clock.now().getTime() });
    const failed = { ...report, status: "failed" as const, errorCode: "30002" };
    await applyStatus(deps, { ...failed, carrierAt: deps.clock.now().getTime() + 1 });
    expect((await outbox.account()).stoppedAt).toBeNull();
  });
});

describe("a fault of the sender", () => {
  it("stops that sender alone: the account's other numbers go on", async () => {
    const other = await createIntegration(deps, outbox.workspace);
    const elsewhere = await createConversation(deps, outbox.workspace, { integrationId: other.id });
    deps.provider.answer = (request, n) =>
      request.from === outbox.workspace.integration.sender
        ? {
            kind: "rejected",
            fault: "configuration",
            code: "21606",
            message: "No",
            httpStatus: 400,
          }
        : { kind: "accepted", providerId: `SM${n.toString(16).padStart(32, "0")}`, segments: 1 };
    const stopped = [await outbox.enqueue("one"), await outbox.enqueue("two")];
    const sent = await enqueueQueued(deps, {
      workspaceId: outbox.workspace.workspaceId,
      conversationId: elsewhere.id,
      body: "of the other number",
    });
    await outbox.dispatch();
    expect(
      await statusesOf(
        deps,
        stopped.map(({ id }) => id),
      ),
    ).toEqual(["paused", "paused"]);
    expect((await outbox.row(stopped[1]?.id ?? "")).statusReason).toBe("sender_stopped");
    expect((await findMessage(deps, sent.id)).status).toBe("accepted");
    expect((await outbox.account()).stoppedAt).toBeNull();
    expect((await sender(other.id)).stoppedAt).toBeNull();
    expect((await sender(outbox.workspace.integration.id)).stoppedCode).toBe("21606");
  });
});

describe("after the repair", () => {
  /** Three messages, an hour apart, that a stopped account holds back. */
  async function threeWaiting() {
    refuseWith("20003");
    const ids: string[] = [];
    for (const body of ["one", "two", "three"]) {
      ids.push((await outbox.enqueue(body)).id);
      await outbox.dispatch();
      deps.clock.advance(HOUR);
    }
    refuseWith(null);
    return ids;
  }

  it("new messages leave, and what waited waits for a word", async () => {
    const ids = await threeWaiting();
    await renew();
    const next = await outbox.enqueue("new");
    await outbox.dispatch();
    expect((await outbox.row(next.id)).status).toBe("accepted");
    expect(await statusesOf(deps, ids)).toEqual(["paused", "paused", "paused"]);
  });

  it("all are sent in their order, and their expiry has not run meanwhile", async () => {
    const ids = await threeWaiting();
    const [first = ""] = ids;
    const before = await outbox.row(first);
    await renew();
    const asked = deps.provider.sent.length;
    expect(await release()).toEqual({ kind: "released", sent: 3, dropped: 0 });
    expect(await outbox.row(first)).toMatchObject({
      status: "queued",
      statusReason: null,
      errorCode: null,
      pausedAt: null,
      expiresAt: new Date((before.expiresAt?.getTime() ?? 0) + 3 * HOUR),
    });
    await outbox.dispatch();
    expect(deps.provider.sent.slice(asked).map(({ body }) => body)).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(await statusesOf(deps, ids)).toEqual(["accepted", "accepted", "accepted"]);
    const log = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "messages.released"));
    expect(log.at(-1)?.data).toEqual({ sent: 3, dropped: 0 });
  });

  it("what is too old is dropped, and only that", async () => {
    const ids = await threeWaiting();
    await renew();
    const dropBefore = new Date(deps.clock.now().getTime() - 1.5 * HOUR);
    expect(await release(dropBefore)).toEqual({ kind: "released", sent: 1, dropped: 2 });
    await outbox.dispatch();
    expect(await statusesOf(deps, ids)).toEqual(["canceled", "canceled", "accepted"]);
    expect((await outbox.row(ids[0] ?? "")).statusReason).toBe("dropped");
  });

  it("is not before: a stopped sender releases nothing", async () => {
    const ids = await threeWaiting();
    expect(await release()).toEqual({ kind: "still_stopped", code: "20003" });
    expect(await statusesOf(deps, ids)).toEqual(["paused", "paused", "paused"]);
  });

  it("another workspace's sender is not found", async () => {
    const ids = await threeWaiting();
    await renew();
    const other = await createWorkspace(deps);
    const stranger = ownerOf(other);
    const { integration } = outbox.workspace;
    const outcome = await releasePaused(deps, stranger, {
      integrationId: integration.id,
      dropBefore: null,
    });
    expect(outcome).toEqual({ kind: "not_found" });
    expect(await statusesOf(deps, ids)).toEqual(["paused", "paused", "paused"]);
  });

  it("a successful test is a repair, and so is the provider's word that the account works", async () => {
    await threeWaiting();
    const { integration } = outbox.workspace;
    await testIntegration(deps, admin, { id: integration.id, to: null, body: "" });
    expect((await outbox.account()).stoppedAt).toBeNull();
    await threeWaiting();
    deps.provider.connection = {
      ok: false,
      fault: "credentials",
      message: "Authenticate",
    };
    await probeStopped(deps);
    expect((await outbox.account()).stoppedAt).not.toBeNull();
    deps.provider.connection = { ok: true, accountName: "Test", senders: null };
    await probeStopped(deps);
    expect((await outbox.account()).stoppedAt).toBeNull();
  });

  it("a paused message can be taken back, and a proof that it left settles it", async () => {
    const [first = "", second = ""] = await threeWaiting();
    const actor = { kind: "system" } as const;
    const { scope } = outbox;
    expect(await cancelMessage(deps, { scope, messageId: second, actor })).toMatchObject({
      kind: "canceled",
      message: { pausedAt: null },
    });
    await applyStatus(deps, {
      messageId: first,
      attempt: 1,
      providerId: "SM0",
      status: "delivered",
      errorCode: null,
      errorMessage: null,
      carrierAt: null,
      data: {},
      via: "callback",
    });
    expect(await outbox.row(first)).toMatchObject({ status: "delivered", pausedAt: null });
  });
});
