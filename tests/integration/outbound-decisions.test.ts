import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { accounts, attempts, messages } from "../../db/schema";
import { takeLease } from "../../db/writes/leases";
import { claimMessages } from "../../db/writes/outbox";
import { applyStatus } from "../../lib/outbound/apply-status";
import { cancelMessage } from "../../lib/outbound/cancel-message";
import { type EndedAttempt, recordOutcomes } from "../../lib/outbound/record-outcomes";
import { retryMessage } from "../../lib/outbound/retry-message";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import {
  abandonSend,
  claimSender,
  killLeases,
  openOutbox,
  statusesOf,
  UNCOUNTED,
} from "../support/outbox";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

const inMs = (ms: number) => new Date(deps.clock.now().getTime() + ms);
const actor = { kind: "system" } as const;

const cancel = (messageId: string) =>
  cancelMessage(deps, { scope: outbox.scope, messageId, actor });
const retry = (messageId: string) => retryMessage(deps, { scope: outbox.scope, messageId, actor });

function claim() {
  return claimMessages(deps.sql, {
    senders: [claimSender(outbox.workspace.integration.id)],
    now: deps.clock.now(),
    settledBefore: inMs(-120_000),
    slots: { all: 50, normal: 48 },
    // Longer than any test takes: only killLeases ends it.
    leaseSeconds: 3600,
  });
}

/** A message that a run has claimed; what its provider answers is up to the test. */
async function claimOne(body = "Bonjour") {
  const message = await outbox.enqueue(body);
  const [claimed] = await claim();
  if (claimed?.id !== message.id) throw new Error("not claimed");
  return claimed;
}

const acceptedAs = (providerId: string) => ({ kind: "accepted", providerId, segments: 1 }) as const;

async function failed(body = "Bonjour") {
  deps.provider.answer = () => ({
    kind: "rejected",
    fault: "permanent",
    code: "21614",
    message: "Landline",
    httpStatus: 400,
  });
  const message = await outbox.enqueue(body);
  await outbox.dispatch();
  return message;
}

/** This workspace's accounts among those that the sweep rang for. */
async function sweep() {
  const report = await sweepOutbound(deps);
  return report.accountIds.filter((id) => id === outbox.workspace.account.id);
}

describe("cancel", () => {
  it("takes back a queued and a scheduled message, tells it, and lets the next one go", async () => {
    const first = await outbox.enqueue("first");
    const later = await outbox.enqueue("later", { sendAfter: inMs(60_000) });
    await outbox.enqueue("second");
    expect((await cancel(first.id)).kind).toBe("canceled");
    expect((await cancel(later.id)).kind).toBe("canceled");
    expect(deps.bells).not.toHaveLength(0);
    deps.clock.advance(60_000);
    await outbox.dispatch();
    expect(deps.provider.sent.map((request) => request.body)).toEqual(["second"]);
    expect(await outbox.row(first.id)).toMatchObject({ status: "canceled", attempt: 0 });
    expect(await outbox.events(first.id)).toEqual(["queued", "canceled"]);
  });

  it("comes too late once the message is leaving, and finds nothing of another tenant", async () => {
    const { id } = await claimOne();
    expect(await cancel(id)).toEqual({ kind: "too_late", status: "sending" });
    const stranger = await createWorkspace(deps);
    const scope = { workspaceId: stranger.workspaceId, integrations: "all" as const };
    expect(await cancelMessage(deps, { scope, messageId: id, actor })).toEqual({
      kind: "not_found",
    });
    expect(await retryMessage(deps, { scope, messageId: id, actor })).toEqual({
      kind: "not_found",
    });
  });

  it("races the claim and the expiry, and whoever was first at the row wins alone", async () => {
    const rows = [];
    for (let n = 0; n < 8; n += 1) {
      rows.push(await outbox.enqueue(`n${n}`, { expiresAt: inMs(1000), lane: "normal" }));
    }
    deps.clock.advance(1000);
    const ids = rows.map((row) => row.id);
    const [canceled] = await Promise.all([
      Promise.all(ids.map(cancel)),
      sweepOutbound(deps),
      claim(),
    ]);
    const statuses = await statusesOf(deps, ids);
    for (const [index, outcome] of canceled.entries()) {
      expect(statuses[index]).toBe(outcome.kind === "canceled" ? "canceled" : "expired");
      const events = await outbox.events(ids[index] ?? "");
      expect(events).toEqual(["queued", statuses[index]]);
    }
  });

  it("races a send: of both one wins, and only what was claimed is sent", async () => {
    const rows = [];
    for (let n = 0; n < 6; n += 1) {
      const other = await openOutbox(deps);
      rows.push({ other, message: await other.enqueue(`n${n}`) });
    }
    const outcomes = await Promise.all(
      rows.map(async ({ other, message }) => {
        const [canceled] = await Promise.all([
          cancelMessage(deps, { scope: other.scope, messageId: message.id, actor }),
          other.dispatch(),
        ]);
        return { canceled, row: await other.row(message.id) };
      }),
    );
    for (const { canceled, row } of outcomes) {
      const isSent = deps.provider.sent.some((request) => request.body === row.body);
      expect(isSent).toBe(canceled.kind !== "canceled");
      expect(row.status).toBe(isSent ? "accepted" : "canceled");
    }
  });
});

describe("manual retry", () => {
  it("makes a new attempt of the same message that truly sends, with a fresh count and expiry", async () => {
    const message = await failed();
    deps.clock.advance(48 * 3_600_000);
    expect(await retry(message.id)).toMatchObject({
      kind: "queued",
      message: {
        status: "queued",
        attempt: 1,
        attemptsCounted: 0,
        providerId: null,
        errorCode: null,
        failedAt: null,
        expiresAt: inMs(24 * 3_600_000),
      },
    });
    deps.provider.answer = () => acceptedAs("SM2");
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(2);
    expect(deps.provider.sent[1]?.statusCallback).toContain("a=2");
    expect(await outbox.row(message.id)).toMatchObject({
      status: "accepted",
      attempt: 2,
      attemptsCounted: 1,
      providerId: "SM2",
      seq: message.seq,
    });
    expect(await outbox.events(message.id)).toEqual(["queued", "failed", "retried", "accepted"]);
  });

  it("of a canceled or expired message, scheduled ones too, sends it and gives it its place", async () => {
    const canceled = await outbox.enqueue("canceled");
    await cancel(canceled.id);
    const later = await outbox.enqueue("later", { sendAfter: inMs(3000) });
    const expired = await outbox.enqueue("expired", {
      sendAfter: inMs(1000),
      expiresAt: inMs(2000),
    });
    deps.clock.advance(2000);
    await sweepOutbound(deps);
    await cancel(later.id);
    expect(await outbox.row(expired.id)).toMatchObject({ status: "expired", seq: 2 });
    expect(await outbox.row(later.id)).toMatchObject({ status: "canceled", seq: null });
    const all = [canceled, expired, later];
    for (const { id } of all) expect((await retry(id)).kind).toBe("queued");
    await outbox.dispatch();
    expect(deps.provider.sent.map((request) => request.body)).toEqual([
      "canceled",
      "expired",
      "later",
    ]);
    expect((await outbox.row(later.id)).seq).toBe(3);
  });

  it("is refused for what has not failed, and asked twice sends once", async () => {
    const message = await failed();
    const both = await Promise.all([retry(message.id), retry(message.id)]);
    expect(both.map((outcome) => outcome.kind).sort()).toEqual(["not_retryable", "queued"]);
    deps.provider.answer = () => acceptedAs("SM2");
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(2);
    expect(await retry(message.id)).toEqual({ kind: "not_retryable", status: "accepted" });
  });
});

describe("an attempt whose process died", () => {
  it("becomes unconfirmed when its lease has run out, once, and is not sent again", async () => {
    const message = await outbox.enqueue("Bonjour");
    await abandonSend(deps, message, outbox.workspace);
    await sweepOutbound(deps);
    await sweepOutbound(deps);
    expect(await outbox.row(message.id)).toMatchObject({
      status: "unconfirmed",
      statusReason: "lease_expired",
      unconfirmedAt: deps.clock.now(),
    });
    deps.clock.advance(600_000);
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(0);
    expect(await outbox.events(message.id)).toEqual(["queued", "unconfirmed"]);
  });

  it("keeps its lease by the database's clock, whatever ours says", async () => {
    const { id } = await claimOne();
    deps.clock.advance(3_600_000);
    await sweepOutbound(deps);
    expect((await outbox.row(id)).status).toBe("sending");
    await killLeases(deps, id);
    await sweepOutbound(deps);
    expect((await outbox.row(id)).status).toBe("unconfirmed");
  });

  it("is settled by an answer that comes late after all", async () => {
    const claimed = await claimOne();
    await killLeases(deps, claimed.id);
    await sweepOutbound(deps);
    await recordOutcomes(deps, [{ message: claimed, end: acceptedAs("SM1") }], UNCOUNTED);
    expect(await outbox.row(claimed.id)).toMatchObject({
      status: "accepted",
      statusReason: null,
      providerId: "SM1",
      unconfirmedAt: null,
      attemptsCounted: 1,
    });
  });

  it("whose late answer finds the message queued again takes that back: it is not sent twice", async () => {
    const claimed = await claimOne();
    await killLeases(deps, claimed.id);
    await sweepOutbound(deps);
    await retry(claimed.id);
    await recordOutcomes(deps, [{ message: claimed, end: acceptedAs("SM1") }], UNCOUNTED);
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(0);
    expect(await outbox.row(claimed.id)).toMatchObject({ status: "accepted", providerId: "SM1" });
  });

  it("cannot touch the attempt that follows it", async () => {
    const claimed = await claimOne();
    await killLeases(deps, claimed.id);
    await sweepOutbound(deps);
    await retry(claimed.id);
    const [second] = await claim();
    const late: EndedAttempt["end"] = {
      kind: "rejected",
      fault: "permanent",
      code: "21211",
      message: "No",
      httpStatus: 400,
    };
    await recordOutcomes(deps, [{ message: claimed, end: late }], UNCOUNTED);
    expect(await outbox.row(claimed.id)).toMatchObject({ status: "sending", attempt: 2 });
    if (!second) throw new Error("not claimed");
    await recordOutcomes(deps, [{ message: second, end: acceptedAs("SM2") }], UNCOUNTED);
    expect(await outbox.row(claimed.id)).toMatchObject({ status: "accepted", providerId: "SM2" });
    const tries = await deps.db
      .select()
      .from(attempts)
      .where(eq(attempts.messageId, claimed.id))
      .orderBy(attempts.number);
    expect(tries.map((one) => one.outcome)).toEqual(["rejected", "accepted"]);
  });

  it("whose callback came before the lease ran out stays settled", async () => {
    const claimed = await claimOne();
    await applyStatus(deps, {
      messageId: claimed.id,
      attempt: 1,
      providerId: "SM1",
      status: "sent",
      errorCode: null,
      errorMessage: null,
      carrierAt: null,
      data: {},
      via: "callback",
    });
    await killLeases(deps, claimed.id);
    await sweepOutbound(deps);
    expect((await outbox.row(claimed.id)).status).toBe("sent");
  });
});

describe("the sweep", () => {
  it("rings for an account with due work that nobody does, without a doorbell of its own", async () => {
    await outbox.enqueue("Bonjour");
    expect(await sweep()).toHaveLength(1);
    expect(deps.bells.at(-1)).toMatchObject({ kind: "dispatch", at: deps.clock.now() });
    await outbox.dispatch();
    expect(await sweep()).toEqual([]);
  });

  it("lets be who is at work, who waits for the breaker, and what is not due", async () => {
    await outbox.enqueue("later", { sendAfter: inMs(60_000) });
    expect(await sweep()).toEqual([]);
    await outbox.enqueue("Bonjour");
    const lease = { name: `dispatch:${outbox.workspace.account.id}`, holder: deps.chance.uuid() };
    await takeLease(deps.sql, { ...lease, seconds: 600 });
    expect(await sweep()).toEqual([]);
    await takeLease(deps.sql, { ...lease, seconds: 600 });
    await deps.sql`update leases set locked_until = clock_timestamp() - interval '1 s'
      where name = ${lease.name}`;
    expect(await sweep()).toHaveLength(1);
    await deps.db
      .update(accounts)
      .set({ breakerUntil: inMs(1000), breakerFailures: 1 })
      .where(eq(accounts.id, outbox.workspace.account.id));
    expect(await sweep()).toEqual([]);
    deps.clock.advance(1000);
    expect(await sweep()).toHaveLength(1);
  });

  it("expires what is too late wherever it waits, with its row and its reason", async () => {
    const waiting = await outbox.enqueue("waiting", { expiresAt: inMs(1000) });
    const sending = await outbox.enqueue("sending", { expiresAt: inMs(1000) });
    await deps.db.update(messages).set({ status: "sending" }).where(eq(messages.id, sending.id));
    deps.clock.advance(1000);
    await sweepOutbound(deps);
    expect(await outbox.row(waiting.id)).toMatchObject({
      status: "expired",
      statusReason: "expired",
      failedAt: deps.clock.now(),
    });
    expect((await outbox.row(sending.id)).status).toBe("sending");
  });

  it("shows scheduled messages that were too late in the thread, in their order", async () => {
    const of = (body: string, ms: number) =>
      outbox.enqueue(body, { sendAfter: inMs(ms), expiresAt: inMs(5000) });
    const second = await of("second", 2000);
    const first = await of("first", 1000);
    const elsewhere = await openOutbox(deps);
    const third = await elsewhere.enqueue("third", { sendAfter: inMs(1), expiresAt: inMs(2) });
    deps.clock.advance(5000);
    await sweepOutbound(deps);
    const rows = await Promise.all([first, second, third].map((row) => outbox.row(row.id)));
    expect(rows.map((row) => [row.status, row.seq])).toEqual([
      ["expired", 1],
      ["expired", 2],
      ["expired", 1],
    ]);
    expect((await outbox.enqueue("next")).seq).toBe(3);
  });
});
