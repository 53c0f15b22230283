import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { conversationDetail } from "../../db/queries/conversations";
import { accounts, integrations, workspaces } from "../../db/schema";
import type { Bucket } from "../../lib/domain/pace";
import { claimAtPace } from "../../lib/outbound/claim-at-pace";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import { openPacing } from "../../lib/outbound/pacing";
import { ringDoorbells } from "../../lib/outbound/ring-doorbells";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import type { Bell } from "../../lib/ports/jobs";
import type { SendOutcome } from "../../lib/ports/sms";
import { queueBulk } from "../support/bulk";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { claimSender, openOutbox, pauseAll } from "../support/outbox";
import { createIntegration, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
let start: number;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
  start = deps.clock.now().getTime();
});

const elapsed = () => deps.clock.now().getTime() - start;
const bodies = () => deps.provider.sent.map((request) => request.body);

async function setPace(pacePerSecond: number | null, id = outbox.workspace.integration.id) {
  await deps.db.update(integrations).set({ pacePerSecond }).where(eq(integrations.id, id));
}

async function setWorkspacePace(pacePerMinute: number) {
  const { workspaceId } = outbox.workspace;
  await deps.db.update(workspaces).set({ pacePerMinute }).where(eq(workspaces.id, workspaceId));
}

async function bucket(): Promise<Bucket | null> {
  const { id } = outbox.workspace.integration;
  const [row] = await deps.db.select().from(integrations).where(eq(integrations.id, id));
  return row?.paceAt ? { tokens: row.paceTokens ?? 0, at: row.paceAt.getTime() } : null;
}

/** Runs as the bells say until nothing is owed; the moments of the sends, in ms after the start. */
async function sendAll(accountIds = [outbox.workspace.account.id]): Promise<number[]> {
  const moments: number[] = [];
  const answer = deps.provider.answer;
  deps.provider.answer = (request, n) => {
    moments.push(elapsed());
    return answer(request, n);
  };
  for (;;) {
    const due: number[] = [];
    for (const accountId of accountIds) {
      const outcome = await dispatchAccount(deps, { accountId });
      if (outcome.kind === "done" && outcome.nextDue) due.push(outcome.nextDue.getTime());
    }
    if (due.length === 0) return moments;
    deps.clock.advance(Math.max(0, Math.min(...due) - deps.clock.now().getTime()));
  }
}

/** As if another process had its own dispatcher: its claim knows of nobody. */
async function claimElsewhere(accountId = outbox.workspace.account.id) {
  const pacing = await openPacing(deps, accountId);
  return claimAtPace(deps, pacing, {
    senders: [claimSender(outbox.workspace.integration.id)],
    now: deps.clock.now(),
    settledBefore: new Date(start - 120_000),
    slots: { all: 50, normal: 48 },
    leaseSeconds: 3600,
  });
}

describe("a sender's pace", () => {
  it("lets messages leave one by one where it is a slow one", async () => {
    await setPace(0.5);
    await queueBulk(deps, outbox.workspace, { count: 4 });
    expect(await sendAll()).toEqual([0, 2000, 4000, 6000]);
  });

  it("lets a second's worth go at once and then no more than it says, and not much less", async () => {
    await setPace(10);
    await queueBulk(deps, outbox.workspace, { count: 65 });
    const moments = await sendAll();
    expect(moments).toHaveLength(65);
    for (const [index, moment] of moments.entries()) {
      expect(index + 1).toBeLessThanOrEqual(10 + moment / 100);
    }
    expect(moments.at(-1)).toBeGreaterThanOrEqual(5500);
    expect(moments.at(-1)).toBeLessThanOrEqual(6000);
    expect(new Set(moments).size).toBeLessThanOrEqual(13);
  });

  it("counts segments, and those behind a long message pay its debt", async () => {
    await setPace(2);
    await queueBulk(deps, outbox.workspace, { count: 2, body: "ç".repeat(660) });
    deps.clock.advance(1);
    await queueBulk(deps, outbox.workspace, { count: 1 });
    start += 1;
    expect(await sendAll()).toEqual([0, 5000, 9500]);
  });

  it("is never overspent by two runs side by side", async () => {
    await setPace(7);
    await queueBulk(deps, outbox.workspace, { count: 60 });
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimElsewhere()));
    expect(claims.flat().length).toBeLessThanOrEqual(7);
    while ((await claimElsewhere()).length > 0);
    deps.clock.advance(500);
    const later = await Promise.all(Array.from({ length: 6 }, () => claimElsewhere()));
    expect(later.flat().length).toBeLessThanOrEqual(3);
    expect(later.flat().length).toBeGreaterThan(0);
  });

  it("lets an agent's reply be the next to leave, before a bulk of 2,000", async () => {
    await setPace(5);
    await queueBulk(deps, outbox.workspace, { count: 2000 });
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(5);
    const reply = await outbox.enqueue("reply");
    expect(await outbox.dispatch()).toMatchObject({ nextDue: new Date(start + 200) });
    deps.clock.advance(200);
    await outbox.dispatch();
    expect(bodies().slice(5)).toEqual(["reply"]);
    expect((await outbox.row(reply.id)).status).toBe("accepted");
  });

  it("gives back what certainly did not leave", async () => {
    await setPace(20);
    await queueBulk(deps, outbox.workspace, { count: 3 });
    const throttled: SendOutcome = {
      kind: "retry",
      isThrottle: true,
      code: "20429",
      message: "Too many",
      retryAfter: 30,
    };
    const answers: SendOutcome[] = [
      throttled,
      { kind: "unreachable", reason: "ECONNREFUSED" },
      { kind: "unknown", reason: "reset", httpStatus: null },
    ];
    deps.provider.answer = (_request, n) => answers[n - 1] ?? throttled;
    await outbox.dispatch();
    expect(deps.provider.sent).toHaveLength(3);
    expect(await bucket()).toEqual({ tokens: 19, at: start });
  });

  it("takes nothing for a message that is too late to leave", async () => {
    await setPace(2);
    await outbox.enqueue("late", { expiresAt: new Date(start + 1) });
    deps.clock.advance(1);
    await outbox.enqueue("in time");
    await outbox.dispatch();
    expect(bodies()).toEqual(["in time"]);
    expect((await bucket())?.tokens).toBe(1);
  });

  it("sends nothing late: what expires while it waits for its token does not leave", async () => {
    await setPace(1);
    await queueBulk(deps, outbox.workspace, { count: 2, body: "before" });
    const late = await outbox.enqueue("late", {
      lane: "normal",
      // After the others: rows of one moment have no order.
      sendAfter: new Date(start + 1),
      expiresAt: new Date(start + 1500),
    });
    expect(await sendAll()).toEqual([0, 1000]);
    expect((await outbox.row(late.id)).status).toBe("expired");
  });

  it("holds up its own messages and nobody else's", async () => {
    const other = await createIntegration(deps, outbox.workspace);
    await setPace(1);
    await queueBulk(deps, outbox.workspace, { count: 3, body: "slow" });
    const { id: integrationId } = other;
    await queueBulk(deps, outbox.workspace, { count: 60, body: "fast", integrationId });
    const outcome = await outbox.dispatch();
    expect(bodies().filter((body) => body.startsWith("fast"))).toHaveLength(60);
    expect(bodies().filter((body) => body.startsWith("slow"))).toHaveLength(1);
    expect(outcome).toMatchObject({ nextDue: new Date(start + 1000) });
  });

  it("asks the database for nothing where there is none", async () => {
    const statements: string[] = [];
    const sql = new Proxy(database.sql, {
      apply(target, self, args) {
        if (Array.isArray(args[0])) statements.push(args[0].join("?"));
        return Reflect.apply(target, self, args);
      },
    });
    await queueBulk(deps, outbox.workspace, { count: 5 });
    await dispatchAccount({ ...deps, sql }, { accountId: outbox.workspace.account.id });
    expect(deps.provider.sent).toHaveLength(5);
    expect(statements.filter((text) => text.includes("with urgent as"))).not.toEqual([]);
    expect(statements.filter((text) => text.includes("pace_tokens"))).toEqual([]);
  });

  it("makes no storm of runs, however often somebody rings while a bulk waits for its tokens", async () => {
    await setPace(4);
    await queueBulk(deps, outbox.workspace, { count: 40 });
    await ringDoorbells(deps, [
      { integrationId: outbox.workspace.integration.id, due: new Date(start) },
    ]);
    let runs = 0;
    for (let tick = 0; tick < 110; tick += 1) {
      if (tick % 10 === 3) await sweepOutbound(deps);
      const isDue = (bell: Bell) => bell.at <= deps.clock.now();
      for (const bell of deps.bells.filter(isDue)) {
        deps.bells.splice(deps.bells.indexOf(bell), 1);
        if (bell.kind !== "dispatch" || bell.accountId !== outbox.workspace.account.id) continue;
        await outbox.dispatch();
        runs += 1;
      }
      deps.clock.advance(100);
    }
    expect(deps.provider.sent).toHaveLength(40);
    // Two a second, one for each of the sweep's bells, and its second bell until the next run.
    expect(runs).toBeLessThanOrEqual(2 * 10 + 2 * 10 + 1);
  });
});

describe("fair turns", () => {
  const inOrder = (first: number) => {
    const sent = bodies().slice(0, first);
    return ["old", "new"].map((word) => sent.filter((body) => body.startsWith(word)).length);
  };

  it.each([4, 50])("two senders share a window of %i, whoever was first", async (sendWindow) => {
    const { id: accountId } = outbox.workspace.account;
    await deps.db.update(accounts).set({ sendWindow }).where(eq(accounts.id, accountId));
    const other = await createIntegration(deps, outbox.workspace);
    await queueBulk(deps, outbox.workspace, { count: 500, body: "old" });
    deps.clock.advance(1000);
    const { id: integrationId } = other;
    await queueBulk(deps, outbox.workspace, { count: 100, body: "new", integrationId });
    await outbox.dispatch();
    expect(bodies()).toHaveLength(600);
    const [, newer = 0] = inOrder(200);
    expect(newer).toBeGreaterThanOrEqual(80);
  });

  it("the accounts of two workspaces are both found by the sweep, and both get on", async () => {
    const other = await openOutbox(deps);
    await queueBulk(deps, outbox.workspace, { count: 300, body: "old" });
    deps.clock.advance(1000);
    await queueBulk(deps, other.workspace, { count: 300, body: "new" });
    const { accountIds } = await sweepOutbound(deps);
    expect(accountIds).toEqual(
      expect.arrayContaining([outbox.workspace.account.id, other.workspace.account.id]),
    );
    await Promise.all([outbox.dispatch(), other.dispatch()]);
    expect(bodies()).toHaveLength(600);
    const [older = 0, newer = 0] = inOrder(300);
    expect(Math.min(older, newer)).toBeGreaterThanOrEqual(50);
  });
});

describe("a workspace's pace", () => {
  /** Another account of the same workspace, with a sender. */
  async function addAccount(): Promise<TestWorkspace> {
    const { workspaceId } = outbox.workspace;
    const account = { id: deps.chance.uuid(), sid: `AC${deps.chance.uuid()}`, token: "other" };
    const now = deps.clock.now();
    await deps.db.insert(accounts).values({
      id: account.id,
      workspaceId,
      provider: "twilio",
      sid: account.sid,
      tokenSealed: deps.cipher.seal(account.token),
      createdAt: now,
      updatedAt: now,
    });
    return {
      workspaceId,
      account,
      integration: await createIntegration(deps, { workspaceId, account }),
    };
  }

  it("counts messages over all senders of all accounts", async () => {
    const other = await addAccount();
    await setWorkspacePace(120);
    await queueBulk(deps, outbox.workspace, { count: 10, body: "a".repeat(400) });
    await queueBulk(deps, other, { count: 10 });
    const moments = await sendAll([outbox.workspace.account.id, other.account.id]);
    expect(moments).toHaveLength(20);
    for (const [index, moment] of moments.entries()) {
      expect(index + 1).toBeLessThanOrEqual(2 + moment / 500);
    }
    expect(moments.at(-1)).toBeLessThanOrEqual(9500);
  });

  it("lets a reply of one account go before the bulk of another", async () => {
    const other = await addAccount();
    await setWorkspacePace(30);
    await queueBulk(deps, outbox.workspace, { count: 100 });
    await outbox.dispatch();
    expect(bodies()).toHaveLength(1);
    await queueBulk(deps, other, { count: 1, body: "reply", lane: "interactive" });
    const replies = { accountId: other.account.id };
    const [bulk, reply] = [await outbox.dispatch(), await dispatchAccount(deps, replies)];
    expect(bulk).toMatchObject({ nextDue: new Date(start + 2000) });
    expect(reply).toMatchObject({ nextDue: new Date(start + 1500) });
    deps.clock.advance(1500);
    await outbox.dispatch();
    await dispatchAccount(deps, replies);
    expect(bodies().slice(1)).toEqual(["reply 1"]);
  });

  it("is never overspent by accounts side by side", async () => {
    const other = await addAccount();
    await setWorkspacePace(300);
    await queueBulk(deps, outbox.workspace, { count: 30 });
    await queueBulk(deps, other, { count: 30 });
    await Promise.all([outbox.dispatch(), dispatchAccount(deps, { accountId: other.account.id })]);
    expect(deps.provider.sent.length).toBeLessThanOrEqual(5);
    expect(deps.provider.sent.length).toBeGreaterThan(0);
  });
});

describe("what a thread says of a queued message", () => {
  const holdUp = async () => {
    const { id } = outbox.conversation;
    const input = { id, userId: null, now: deps.clock.now() };
    return (await conversationDetail(deps.db, outbox.scope, input))?.holdUp;
  };

  it("that it waits its turn where a sender or a workspace has a pace, and that sending is paused", async () => {
    expect(await holdUp()).toBeNull();
    await setPace(1);
    expect(await holdUp()).toBe("paced");
    await setPace(null);
    await setWorkspacePace(60);
    expect(await holdUp()).toBe("paced");
    const { workspaceId } = outbox.workspace;
    await pauseAll(deps, workspaceId);
    expect(await holdUp()).toBe("sending_paused");
  });
});
