import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { media } from "../../db/schema";
import { oweWebhooks } from "../../db/writes/owed-webhooks";
import { releaseDeliveries } from "../../lib/notifications/release-deliveries";
import { applyStatus } from "../../lib/outbound/apply-status";
import { cancelMessage } from "../../lib/outbound/cancel-message";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import { relayBells } from "../../lib/providers/bell-relay";
import { createJobs, type DoorbellEvent } from "../../lib/providers/jobs";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { untilWaiting } from "../support/locks";
import { anAlert, prefer, raise } from "../support/notifications";
import { openOutbox } from "../support/outbox";
import { messageSid, signedRequest, smsFields } from "../support/twilio-request";
import { openReceiver } from "../support/webhook-endpoint";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
const PATIENT_MS = 30_000;

let deps: TestDeps;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  receiver = await openReceiver(testDeps(database));
  deps = receiver.deps;
  outbox = await openOutbox(deps);
});
afterEach(() => receiver.sink.close());

async function typesOwed(endpointId: string) {
  return (await receiver.owed(endpointId)).map(({ type }) => type);
}

function receive(fields: Record<string, string>) {
  const { workspace } = outbox;
  const request = signedRequest(smsFields(workspace, fields), { token: workspace.account.token });
  return answerInbound(deps, request, PATIENT_MS);
}

const FIRST_ID = `SM${"1".padStart(32, "0")}`;

type Reported = "sent" | "delivered" | "undelivered";

function report(messageId: string, status: Reported) {
  return applyStatus(deps, {
    messageId,
    attempt: 1,
    providerId: FIRST_ID,
    status,
    errorCode: status === "undelivered" ? "30003" : null,
    errorMessage: null,
    carrierAt: null,
    data: {},
    via: "callback",
  });
}

describe("what an endpoint is owed", () => {
  it("R234 is each new status of a message, once, as it was then", async () => {
    const endpoint = await receiver.listen(outbox.workspace.workspaceId);
    const message = await outbox.enqueue("Votre commande est prête");
    await outbox.dispatch();
    for (const status of ["sent", "sent", "delivered", "sent"] as const) {
      deps.clock.advance(1000);
      await report(message.id, status);
    }
    const rows = await receiver.owed(endpoint);
    expect(rows.map(({ type, status }) => [type, status])).toEqual([
      ["message.accepted", "owed"],
      ["message.sent", "owed"],
      ["message.delivered", "owed"],
    ]);
    expect(rows[0]?.payload).toMatchObject({
      id: message.id,
      direction: "out",
      channel: "sms",
      from: outbox.workspace.integration.sender,
      body: "Votre commande est prête",
      status: "accepted",
      providerId: FIRST_ID,
      conversationId: outbox.conversation.id,
      createdAt: "2026-11-20T09:00:00.000Z",
      deliveredAt: null,
      mediaIds: [],
    });
    expect(rows[2]?.payload).toMatchObject({
      status: "delivered",
      deliveredAt: "2026-11-20T09:00:03.000Z",
    });
    expect(rows[2]?.occurredAt).toEqual(new Date("2026-11-20T09:00:03Z"));
  });

  it("R234 is one status once, where the provider calls while its answer is being recorded", async () => {
    const endpoint = await receiver.listen(outbox.workspace.workspaceId);
    const message = await outbox.enqueue("Votre commande est prête");
    const under: Promise<unknown>[] = [];
    deps.provider.answer = async () => {
      await new Promise<void>((resolve) => {
        const hold = deps.db.transaction(async (tx) => {
          await tx.execute(sql`select 1 from attempts where message_id = ${message.id} for update`);
          resolve();
          await untilWaiting(deps, 2);
        });
        under.push(hold);
      });
      under.push(report(message.id, "sent"));
      await untilWaiting(deps, 1);
      return { kind: "accepted", providerId: FIRST_ID, segments: 1 };
    };
    await outbox.dispatch();
    await Promise.all(under);
    expect(await typesOwed(endpoint)).toEqual(["message.sent"]);
    expect(await outbox.row(message.id)).toMatchObject({ status: "sent", segments: 1 });
  });

  it("R234 is failure, expiry and cancellation with their reason", async () => {
    const { workspaceId } = outbox.workspace;
    const endpoint = await receiver.listen(workspaceId);
    deps.provider.answer = () => ({
      kind: "rejected",
      fault: "permanent",
      code: "21617",
      message: "Too long",
      httpStatus: 400,
    });
    const failed = await outbox.enqueue("Perdu");
    await outbox.dispatch();
    const canceled = await outbox.enqueue("Repris", {
      sendAfter: new Date(deps.clock.now().getTime() + 60_000),
    });
    await cancelMessage(deps, {
      scope: outbox.scope,
      messageId: canceled.id,
      actor: { kind: "system" },
    });
    const late = await outbox.enqueue("Trop tard", {
      expiresAt: new Date(deps.clock.now().getTime() + 1000),
    });
    deps.clock.advance(2000);
    await sweepOutbound(deps);
    const rows = await receiver.owed(endpoint);
    const told = Object.fromEntries(rows.map(({ type, payload }) => [type, payload]));
    expect(rows).toHaveLength(3);
    expect(told["message.failed"]).toMatchObject({ id: failed.id, errorCode: "21617" });
    expect(told["message.canceled"]).toMatchObject({ id: canceled.id, status: "canceled" });
    expect(told["message.expired"]).toMatchObject({ id: late.id, statusReason: "expired" });
  });

  it("R234 is a received text, with the ids of its files, alone and in a group", async () => {
    const { workspaceId } = outbox.workspace;
    const endpoint = await receiver.listen(workspaceId);
    const sid = messageSid();
    await receive({ MessageSid: sid, Body: "Bonjour 🎉", From: "+33612345678" });
    await receive({ MessageSid: sid, Body: "Bonjour 🎉", From: "+33612345678" });
    deps.clock.advance(1000);
    await receive({
      From: "+33612345678",
      NumMedia: "2",
      MediaUrl0: "https://api.example.test/0",
      MediaUrl1: "https://api.example.test/1",
    });
    deps.clock.advance(1000);
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => receive({ Body: `${n}`, From: `+3361234560${n}` })),
    );
    const rows = await receiver.owed(endpoint);
    expect(rows.map(({ type }) => type)).toEqual(Array(14).fill("message.received"));
    expect(rows[0]?.payload).toMatchObject({
      direction: "in",
      from: "+33612345678",
      to: outbox.workspace.integration.sender,
      body: "Bonjour 🎉",
      providerId: sid,
      status: "received",
    });
    const files = await deps.db
      .select({ id: media.id })
      .from(media)
      .where(eq(media.workspaceId, workspaceId))
      .orderBy(media.position);
    expect(rows[1]?.payload).toMatchObject({ mediaIds: files.map(({ id }) => id) });
    const bodies = rows.slice(2).map(({ payload }) => Number(payload.body));
    expect(bodies.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  it("R234 is the fate of a notification on each channel, and each new one", async () => {
    const { workspaceId } = outbox.workspace;
    const { personId } = outbox.conversation;
    const endpoint = await receiver.listen(workspaceId, {
      events: ["notification.refused", "notification.held", "notification.queued"],
    });
    const night = { days: ["fri" as const], start: "00:00", end: "12:00" };
    await prefer(deps, { workspaceId, personId }, { quietHours: [night] });
    const told = anAlert(personId, { title: "Caméra 3", channels: ["web", "sms"] });
    const [raised] = await raise(deps, workspaceId, told);
    const fates = (await receiver.owed(endpoint)).map(({ type, payload }) => [type, payload]);
    const { id } = raised?.notification ?? {};
    expect(Object.fromEntries(fates)).toMatchObject({
      // A contact has no bell.
      "notification.refused": { id, title: "Caméra 3", delivery: { channel: "web" } },
      "notification.held": {
        id,
        personId,
        createdAt: "2026-11-20T09:00:00.000Z",
        delivery: {
          channel: "sms",
          status: "held",
          reason: "quiet_hours",
          releaseAt: "2026-11-20T11:00:00.000Z",
        },
      },
    });
    deps.clock.advance(2 * 3_600_000);
    await releaseDeliveries(deps);
    const rows = await receiver.owed(endpoint);
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatchObject({
      type: "notification.queued",
      payload: { id, delivery: { status: "queued", messageId: expect.any(String) } },
      occurredAt: deps.clock.now(),
    });
  });

  it("is what it wants, of its own workspace, while it is active", async () => {
    const { workspaceId } = outbox.workspace;
    const other = await createWorkspace(deps);
    const some = await receiver.listen(workspaceId, { events: ["message.received"] });
    const off = await receiver.listen(workspaceId, { isActive: false });
    const elsewhere = await receiver.listen(other.workspaceId);
    await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    await receive({ Body: "Merci" });
    expect(await typesOwed(some)).toEqual(["message.received"]);
    expect(await typesOwed(off)).toEqual([]);
    expect(await typesOwed(elsewhere)).toEqual([]);
  });

  it("is there with what caused it or not at all", async () => {
    const { workspaceId } = outbox.workspace;
    const endpoint = await receiver.listen(workspaceId);
    const occurredAt = deps.clock.now();
    const events = [{ type: "message.sent" as const, data: { id: "1" }, occurredAt }];
    const failing = deps.db.transaction(async (tx) => {
      await oweWebhooks(tx, { workspaceId, events });
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await typesOwed(endpoint)).toEqual([]);
    await deps.db.transaction((tx) => oweWebhooks(tx, { workspaceId, events }));
    expect(await receiver.owed(endpoint)).toMatchObject([
      { type: "message.sent", payload: { id: "1" }, occurredAt },
    ]);
  });

  it("rings with the commit at whoever has a job engine, and not where nothing is owed", async () => {
    const sent: DoorbellEvent[] = [];
    let wake = () => {};
    const rung = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const send = async (events: DoorbellEvent[]) => {
      sent.push(...events);
      wake();
    };
    const now = () => 1000;
    const { ring } = createJobs({ send, log: deps.log, now });
    const feed = await relayBells({ listenUrl: database.url, send, ring, log: deps.log });
    await receive({ Body: "Personne n'écoute" });
    await receiver.listen(outbox.workspace.workspaceId);
    await receive({ Body: "Bonjour" });
    await rung;
    await feed.close();
    expect(sent).toEqual([{ id: "webhooks-1000", name: "webhooks/due", data: {}, ts: 1000 }]);
  });
});
