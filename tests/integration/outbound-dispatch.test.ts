import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import {
  accounts,
  attempts,
  conversations,
  integrations,
  messages,
  workspaces,
} from "../../db/schema";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { ringDoorbells } from "../../lib/outbound/ring-doorbells";
import type { SendOutcome } from "../../lib/ports/sms";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueQueued, openOutbox, pauseAll, statusesOf } from "../support/outbox";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

const throttled: SendOutcome = {
  kind: "retry",
  isThrottle: true,
  code: "20429",
  message: "Too many",
  retryAfter: null,
};
const congested: SendOutcome = {
  kind: "retry",
  isThrottle: false,
  code: "21611",
  message: "Queue full",
  retryAfter: null,
};
const unreachable: SendOutcome = { kind: "unreachable", reason: "ECONNREFUSED" };
const unknown: SendOutcome = { kind: "unknown", reason: "reset", httpStatus: null };

/** An answer that waits until the test opens the gate. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** The test goes on when the provider has been asked so often. */
async function asked(times: number) {
  await expect.poll(() => deps.provider.sent.length, { timeout: 20_000, interval: 5 }).toBe(times);
}

describe("dispatchAccount", () => {
  it("R408 sends a queued reply and keeps the provider's id", async () => {
    const message = await outbox.enqueue("Bonjour");
    expect(await outbox.dispatch()).toMatchObject({ kind: "done", ended: 1, nextDue: null });
    expect(deps.provider.sent).toMatchObject([
      {
        to: outbox.conversation.address,
        from: outbox.workspace.integration.sender,
        body: "Bonjour",
      },
    ]);
    expect(await outbox.row(message.id)).toMatchObject({
      status: "accepted",
      attempt: 1,
      attemptsCounted: 1,
      providerId: `SM${"1".padStart(32, "0")}`,
      segments: 1,
    });
    expect(await outbox.events(message.id)).toEqual(["queued", "accepted"]);
    expect(deps.provider.sent[0]?.statusCallback).toBe(
      `https://carillon.test/api/webhooks/twilio/status?m=${message.id}&a=1#rc=5&rp=all`,
    );
  });

  it("R411 logs the send in English with masked numbers", async () => {
    await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    const lines = deps.lines.filter((line) => line.level === "info").map((line) => line.message);
    expect(lines[0]).toMatch(/^\[SMS\] Sending SMS from \+331•••••\d{3} to \+336•••••\d{3}$/);
    expect(lines[1]).toMatch(/^\[SMS\] SMS sent successfully: SM0+1$/);
    expect(JSON.stringify(deps.lines)).not.toContain(outbox.conversation.address);
    expect(JSON.stringify(deps.lines)).not.toContain("Bonjour");
  });

  it("tells the screens that it is sending and that it was accepted", async () => {
    const message = await outbox.enqueue("Bonjour");
    await outbox.dispatch();
    expect(deps.changes).toHaveLength(2);
    expect(deps.changes[1]).toMatchObject({
      conversationId: outbox.conversation.id,
      messageIds: [message.id],
    });
    const [row] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, outbox.conversation.id));
    // Written and accepted; that it began to leave raises none.
    expect(row).toMatchObject({ revision: 3, lastSeq: 1, lastMessageId: message.id });
  });

  it("does nothing for another account, and sends nothing twice", async () => {
    const other = await createWorkspace(deps);
    await outbox.enqueue("Bonjour");
    expect(await dispatchAccount(deps, { accountId: other.account.id })).toMatchObject({
      ended: 0,
    });
    expect(deps.provider.sent).toHaveLength(0);
    await outbox.dispatch();
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
    expect(await dispatchAccount(deps, { accountId: deps.chance.uuid() })).toEqual({
      kind: "gone",
    });
  });

  it("keeps the order in a conversation and sends conversations side by side", async () => {
    const second = await createConversation(deps, outbox.workspace);
    const { workspaceId } = outbox.workspace;
    for (const n of [1, 2, 3]) {
      await outbox.enqueue(`a${n}`);
      await enqueueQueued(deps, { workspaceId, conversationId: second.id, body: `b${n}` });
    }
    let atOnce = 0;
    let most = 0;
    deps.provider.answer = async (_request, n) => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return { kind: "accepted", providerId: `SM${n}`, segments: 1 };
    };
    await outbox.dispatch();
    const bodies = deps.provider.sent.map((request) => request.body);
    expect(bodies.filter((body) => body.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
    expect(bodies.filter((body) => body.startsWith("b"))).toEqual(["b1", "b2", "b3"]);
    expect(most).toBe(2);
  });

  it("lets an interactive message overtake normal ones and keeps two slots for it", async () => {
    const { workspaceId } = outbox.workspace;
    await deps.db
      .update(accounts)
      .set({ sendWindow: 4 })
      .where(eq(accounts.id, outbox.workspace.account.id));
    for (let i = 0; i < 6; i++) {
      const { id } = await createConversation(deps, outbox.workspace);
      await enqueueQueued(deps, { workspaceId, conversationId: id, body: `n${i}`, lane: "normal" });
    }
    const { open, opened } = gate();
    deps.provider.answer = async (_request, n) => {
      await opened;
      return { kind: "accepted", providerId: `SM${n}`, segments: 1 };
    };
    const run = outbox.dispatch();
    await asked(2);
    await outbox.enqueue("urgent");
    await asked(3);
    expect(deps.provider.sent.map((request) => request.body)).toEqual(["n0", "n1", "urgent"]);
    open();
    await run;
    expect(deps.provider.sent).toHaveLength(7);
  });

  it("two dispatchers at once send once, and the one without the lease changes nothing", async () => {
    await outbox.enqueue("Bonjour");
    const { open, opened } = gate();
    deps.provider.answer = async () => {
      await opened;
      return { kind: "accepted", providerId: "SMx", segments: 1 };
    };
    const { id: accountId } = outbox.workspace.account;
    // The lease is by the database's clock: here it outlasts the slowest machine.
    const patient = { ...deps, settings: { ...deps.settings, timeScale: 0.01 } };
    const run = dispatchAccount(patient, { accountId });
    await asked(1);
    const wakeAt = deps.clock.now();
    await deps.db.update(integrations).set({ wakeAt });
    expect(await dispatchAccount(patient, { accountId })).toEqual({ kind: "busy" });
    const [integration] = await deps.db
      .select()
      .from(integrations)
      .where(eq(integrations.id, outbox.workspace.integration.id));
    expect(integration?.wakeAt).toEqual(wakeAt);
    open();
    await run;
    expect(deps.provider.sent).toHaveLength(1);
  });

  it("a permanent refusal fails the message with the provider's words and is not tried again", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => ({
      kind: "rejected",
      fault: "permanent",
      code: "21211",
      message: "Invalid 'To'",
      httpStatus: 400,
    });
    await outbox.dispatch();
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({
      status: "failed",
      statusReason: "permanent",
      errorCode: "21211",
      errorMessage: "Invalid 'To'",
      attemptsCounted: 1,
    });
    expect(deps.provider.sent).toHaveLength(1);
  });

  it("R204 R221 retries a transient fault three times, then fails", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => congested;
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      await outbox.dispatch();
      const row = await outbox.row(message.id);
      const wait = (row.sendAfter?.getTime() ?? 0) - deps.clock.now().getTime();
      if (row.status === "queued") waits.push(wait / 1000);
      expect(deps.bells.at(-1)?.at).toEqual(
        row.status === "queued" ? row.sendAfter : deps.bells.at(-1)?.at,
      );
      deps.clock.advance(Math.max(wait, 0));
    }
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeGreaterThanOrEqual(4);
    expect(waits[0]).toBeLessThanOrEqual(6);
    expect(waits[1]).toBeGreaterThanOrEqual(8);
    expect(waits[1]).toBeLessThanOrEqual(12);
    expect(await outbox.row(message.id)).toMatchObject({
      status: "failed",
      errorCode: "21611",
      attemptsCounted: 3,
    });
  });

  it("R204 R221 tries as often and waits as long as the workspace has it", async () => {
    const { workspaceId } = outbox.workspace;
    const own = { maxAttempts: 2, retryDelaySeconds: 60 };
    await deps.db.update(workspaces).set(own).where(eq(workspaces.id, workspaceId));
    const message = await outbox.enqueue("Bonjour", { lane: "normal" });
    deps.provider.answer = () => congested;
    await outbox.dispatch();
    const { sendAfter } = await outbox.row(message.id);
    const wait = ((sendAfter?.getTime() ?? 0) - deps.clock.now().getTime()) / 1000;
    expect(wait).toBeGreaterThanOrEqual(48);
    expect(wait).toBeLessThanOrEqual(72);
    deps.clock.advance(wait * 1000);
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({
      status: "failed",
      statusReason: "attempts_exhausted",
      attemptsCounted: 2,
    });
  });

  it("a message waiting for its retry holds up the next one of its conversation", async () => {
    await outbox.enqueue("first");
    await outbox.enqueue("second");
    deps.provider.answer = () => congested;
    await outbox.dispatch();
    expect(deps.provider.sent.map((request) => request.body)).toEqual(["first"]);
  });

  it("unreachable never counts, opens the breaker and rings for the probe", async () => {
    const message = await outbox.enqueue("Bonjour");
    deps.provider.answer = () => unreachable;
    const start = deps.clock.now().getTime();
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({
      status: "queued",
      statusReason: "unreachable",
      attemptsCounted: 0,
      sendAfter: new Date(start),
    });
    expect(await outbox.account()).toMatchObject({
      breakerUntil: new Date(start + 1000),
      breakerFailures: 1,
    });
    expect(deps.bells.at(-1)?.at).toEqual(new Date(start + 1000));
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
    for (const wait of [1000, 2000, 4000]) {
      deps.clock.advance(wait);
      await outbox.dispatch();
    }
    expect(deps.provider.sent).toHaveLength(4);
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SMback", segments: 1 });
    deps.clock.advance(8000);
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({ status: "accepted", attemptsCounted: 1 });
    expect(await outbox.account()).toMatchObject({ breakerUntil: null, breakerFailures: 0 });
  });

  it("probes with one message only", async () => {
    const { workspaceId } = outbox.workspace;
    const { id } = await createConversation(deps, outbox.workspace);
    await outbox.enqueue("one");
    await enqueueQueued(deps, { workspaceId, conversationId: id, body: "two" });
    deps.provider.answer = () => unreachable;
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(2);
    deps.clock.advance(1000);
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(3);
  });

  it("429 does not count, halves the window, and five in a row open the breaker", async () => {
    const message = await outbox.enqueue("Bonjour");
    const start = deps.clock.now();
    deps.provider.answer = () => throttled;
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(5);
    expect(await outbox.row(message.id)).toMatchObject({
      status: "queued",
      statusReason: "throttled",
      attemptsCounted: 0,
      sendAfter: start,
    });
    expect(await outbox.account()).toMatchObject({ sendWindow: 4, breakerFailures: 1 });
  });

  it("429 with Retry-After waits so long", async () => {
    await outbox.enqueue("Bonjour");
    const start = deps.clock.now().getTime();
    deps.provider.answer = () => ({ ...throttled, retryAfter: 7 });
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(1);
    expect(deps.bells.at(-1)?.at).toEqual(new Date(start + 7000));
    expect(await outbox.account()).toMatchObject({ sendWindow: 25, breakerFailures: 0 });
  });

  it("an unknown outcome is unconfirmed, is never resent, and holds its conversation up for 10 min at most", async () => {
    const first = await outbox.enqueue("first");
    const second = await outbox.enqueue("second");
    const start = deps.clock.now().getTime();
    deps.provider.answer = () => unknown;
    await outbox.dispatch();
    expect(await statusesOf(deps, [first.id, second.id])).toEqual(["unconfirmed", "queued"]);
    expect(deps.bells.at(-1)?.at).toEqual(new Date(start + 600_000));
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SMsecond", segments: 1 });
    deps.clock.advance(599_000);
    await outbox.dispatch();
    expect(await statusesOf(deps, [first.id, second.id])).toEqual(["unconfirmed", "queued"]);
    deps.clock.advance(1000);
    await outbox.dispatch();
    expect(await statusesOf(deps, [first.id, second.id])).toEqual(["unconfirmed", "accepted"]);
    expect(deps.provider.sent).toHaveLength(2);
  });

  it("a provider that throws and one that gives an id twice end as unconfirmed, the others are recorded", async () => {
    const { workspaceId } = outbox.workspace;
    const { id } = await createConversation(deps, outbox.workspace);
    const one = await outbox.enqueue("one");
    const two = await enqueueQueued(deps, { workspaceId, conversationId: id, body: "two" });
    deps.provider.answer = () => ({ kind: "accepted", providerId: "SMsame", segments: 1 });
    await outbox.dispatch();
    expect((await statusesOf(deps, [one.id, two.id])).sort()).toEqual(["accepted", "unconfirmed"]);
    deps.provider.answer = () => {
      throw new Error("not so fast");
    };
    const three = await outbox.enqueue("three", { lane: "normal" });
    await outbox.dispatch();
    expect((await outbox.row(three.id)).status).toBe("unconfirmed");
  });

  it("R404 sends nothing for an inactive number or a paused workspace and rings nothing", async () => {
    const message = await outbox.enqueue("Bonjour");
    await deps.db
      .update(integrations)
      .set({ isActive: false })
      .where(eq(integrations.id, outbox.workspace.integration.id));
    await outbox.dispatch();
    await deps.db
      .update(integrations)
      .set({ isActive: true })
      .where(eq(integrations.id, outbox.workspace.integration.id));
    await pauseAll(deps, outbox.workspace.workspaceId);
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(0);
    expect(deps.bells).toEqual([]);
    expect((await outbox.row(message.id)).status).toBe("queued");
  });

  it("R029 waits with its sentence where the credentials are missing, and alerts an administrator once", async () => {
    const one = await outbox.enqueue("one");
    const two = await outbox.enqueue("two");
    await deps.db
      .update(accounts)
      .set({ tokenSealed: null })
      .where(eq(accounts.id, outbox.workspace.account.id));
    await outbox.dispatch();
    expect(await outbox.row(one.id)).toMatchObject({
      status: "paused",
      statusReason: "account_stopped",
      errorCode: "20003",
      errorMessage: "Twilio credentials not configured",
    });
    expect((await outbox.row(two.id)).status).toBe("paused");
    expect(deps.provider.sent).toHaveLength(0);
    expect(
      deps.lines.filter((line) => line.message.includes("needs an administrator")),
    ).toHaveLength(1);
  });

  it("expires what is too late instead of sending it", async () => {
    const message = await outbox.enqueue("Bonjour", {
      expiresAt: new Date(deps.clock.now().getTime() + 60_000),
    });
    const next = await outbox.enqueue("next");
    deps.clock.advance(60_000);
    await outbox.dispatch();
    expect(await outbox.row(message.id)).toMatchObject({
      status: "expired",
      statusReason: "expired",
      attempt: 0,
    });
    expect((await outbox.row(next.id)).status).toBe("accepted");
    expect(deps.provider.sent.map((request) => request.body)).toEqual(["next"]);
  });

  it("tells the provider how long a message is of use, counted from its create", async () => {
    const hours = (count: number) => new Date(deps.clock.now().getTime() + count * 3_600_000);
    await outbox.enqueue("an hour", { sendAfter: hours(1), expiresAt: hours(2) });
    deps.clock.advance(3_600_000);
    await outbox.dispatch();
    await outbox.enqueue("its own ten hours are right", { expiresAt: hours(10) });
    await outbox.dispatch();
    await outbox.enqueue("ten minutes", { expiresAt: hours(1) });
    deps.clock.advance(3_000_000);
    await outbox.dispatch();
    expect(deps.provider.sent.map((request) => request.validitySeconds)).toEqual([3600, null, 600]);
  });

  it("a scheduled message leaves when due, after what stands before it, and takes its seq then", async () => {
    const at = new Date(deps.clock.now().getTime() + 3_600_000);
    const later = await outbox.enqueue("later", { sendAfter: at });
    const evenLater = await outbox.enqueue("even later", { sendAfter: new Date(at.getTime() + 1) });
    const now = await outbox.enqueue("now");
    expect([later.seq, now.seq]).toEqual([null, 1]);
    await outbox.dispatch();
    expect(deps.bells.at(-1)?.at).toEqual(at);
    deps.clock.advance(3_600_001);
    await outbox.dispatch();
    expect(deps.provider.sent.map((request) => request.body)).toEqual([
      "now",
      "later",
      "even later",
    ]);
    expect((await outbox.row(later.id)).seq).toBe(2);
    expect((await outbox.row(evenLater.id)).seq).toBe(3);
    const [row] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, outbox.conversation.id));
    expect(row).toMatchObject({ lastSeq: 3, lastMessageId: evenLater.id });
  });

  it("never has more rows sending than the window has slots", async () => {
    const { workspaceId } = outbox.workspace;
    await deps.db
      .update(accounts)
      .set({ sendWindow: 5 })
      .where(eq(accounts.id, outbox.workspace.account.id));
    for (let i = 0; i < 20; i++) {
      const { id } = await createConversation(deps, outbox.workspace);
      await enqueueQueued(deps, { workspaceId, conversationId: id, body: `n${i}` });
    }
    let most = 0;
    deps.provider.answer = async (_request, n) => {
      const count = await deps.db.$count(messages, eq(messages.status, "sending"));
      most = Math.max(most, count);
      return { kind: "accepted", providerId: `SM${n}`, segments: 1 };
    };
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(20);
    expect(most).toBeLessThanOrEqual(6);
    expect(await deps.db.$count(attempts, eq(attempts.workspaceId, workspaceId))).toBe(20);
  });
});

describe("doorbells", () => {
  const due = (ms: number) => new Date(deps.clock.now().getTime() + ms);

  it("are coalesced: one event for the earliest moment, again when it is long past", async () => {
    const { id: integrationId } = outbox.workspace.integration;
    await Promise.all(
      Array.from({ length: 10 }, () => ringDoorbells(deps, [{ integrationId, due: due(0) }])),
    );
    expect(deps.bells).toHaveLength(1);
    expect(deps.bells[0]).toMatchObject({
      kind: "dispatch",
      accountId: outbox.workspace.account.id,
    });
    await ringDoorbells(deps, [{ integrationId, due: due(60_000) }]);
    expect(deps.bells).toHaveLength(1);
    deps.clock.advance(5001);
    await ringDoorbells(deps, [{ integrationId, due: due(0) }]);
    expect(deps.bells).toHaveLength(2);
  });

  it("an earlier moment rings over a later one", async () => {
    const { id: integrationId } = outbox.workspace.integration;
    await ringDoorbells(deps, [{ integrationId, due: due(60_000) }]);
    await ringDoorbells(deps, [{ integrationId, due: due(1000) }]);
    expect(deps.bells.map((bell) => bell.at)).toEqual([due(60_000), due(1000)]);
  });

  it("a bell that rings while a run works is not lost", async () => {
    await outbox.enqueue("one");
    deps.provider.answer = async (_request, n) => {
      if (n === 1) {
        await ringDoorbells(deps, [
          { integrationId: outbox.workspace.integration.id, due: due(0) },
        ]);
        await outbox.dispatch();
      }
      return { kind: "accepted", providerId: `SM${n}`, segments: 1 };
    };
    await outbox.dispatch();
    const before = deps.bells.length;
    await ringDoorbells(deps, [{ integrationId: outbox.workspace.integration.id, due: due(0) }]);
    expect(deps.bells).toHaveLength(before + 1);
  });
});
