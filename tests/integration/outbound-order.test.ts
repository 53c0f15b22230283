import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { messages } from "../../db/schema";
import { claimMessages } from "../../db/writes/outbox";
import type { MessageStatus } from "../../lib/domain/words";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { abandonSend, claimSender, enqueueQueued, openOutbox } from "../support/outbox";
import { createIntegration } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

const bodies = () => deps.provider.sent.map((request) => request.body);
const inMs = (ms: number) => new Date(deps.clock.now().getTime() + ms);

async function setStatus(id: string, status: MessageStatus, values: object = {}) {
  await deps.db
    .update(messages)
    .set({ status, ...values })
    .where(eq(messages.id, id));
}

function claim(slots = { all: 50, normal: 48 }) {
  return claimMessages(deps.sql, {
    senders: [claimSender(outbox.workspace.integration.id)],
    now: deps.clock.now(),
    settledBefore: inMs(-120_000),
    slots,
    leaseSeconds: 3600,
  });
}

describe("the order in a conversation", () => {
  it("a row that is sending elsewhere holds up those behind it in its lane, and only those", async () => {
    const first = await outbox.enqueue("first");
    await outbox.enqueue("second");
    await outbox.enqueue("other lane", { lane: "normal" });
    await abandonSend(deps, first, outbox.workspace);
    await outbox.dispatch();
    expect(bodies()).toEqual(["other lane"]);
  });

  it.each(["paused", "canceled", "failed", "undelivered", "expired"] as const)(
    "a row that is %s holds nobody up",
    async (status) => {
      const first = await outbox.enqueue("first");
      await outbox.enqueue("second");
      await setStatus(first.id, status);
      await outbox.dispatch();
      expect(bodies()).toEqual(["second"]);
    },
  );

  it("a row that the user scheduled holds nobody up, and follows what was queued before it is due", async () => {
    await outbox.enqueue("tomorrow", { sendAfter: inMs(1000) });
    await outbox.enqueue("now");
    await outbox.dispatch();
    expect(bodies()).toEqual(["now"]);
    await outbox.enqueue("meanwhile");
    deps.clock.advance(1000);
    await outbox.dispatch();
    expect(bodies()).toEqual(["now", "meanwhile", "tomorrow"]);
  });

  it("an interactive message overtakes the normal ones of its own conversation", async () => {
    for (const body of ["n1", "n2"]) await outbox.enqueue(body, { lane: "normal" });
    await outbox.enqueue("urgent");
    await outbox.dispatch();
    expect(bodies()[0]).toBe("urgent");
    expect(bodies().slice(1)).toEqual(["n1", "n2"]);
  });

  it("an unconfirmed row of one lane does not hold up the other", async () => {
    const first = await outbox.enqueue("first", { lane: "normal" });
    await setStatus(first.id, "unconfirmed", { unconfirmedAt: deps.clock.now(), attempt: 1 });
    await outbox.enqueue("normal", { lane: "normal" });
    await outbox.enqueue("interactive");
    await outbox.dispatch();
    expect(bodies()).toEqual(["interactive"]);
  });
});

describe("claims", () => {
  it("side by side take each row once and never two of one conversation", async () => {
    const { workspaceId } = outbox.workspace;
    for (let n = 0; n < 12; n += 1) {
      const { id } = await createConversation(deps, outbox.workspace);
      for (const body of ["a", "b"]) {
        await enqueueQueued(deps, { workspaceId, conversationId: id, body });
      }
    }
    const taken = (
      await Promise.all(Array.from({ length: 4 }, () => claim({ all: 5, normal: 5 })))
    ).flat();
    expect(new Set(taken.map((row) => row.id)).size).toBe(taken.length);
    expect(new Set(taken.map((row) => row.conversationId)).size).toBe(taken.length);
    expect(taken.every((row) => row.body === "a")).toBe(true);
    expect(taken.length).toBeGreaterThanOrEqual(5);
  });

  it("take the interactive lane first and leave the reserved slots to it", async () => {
    const { workspaceId } = outbox.workspace;
    for (const lane of ["normal", "normal", "normal", "interactive"] as const) {
      const { id } = await createConversation(deps, outbox.workspace);
      await enqueueQueued(deps, { workspaceId, conversationId: id, body: lane, lane });
    }
    const taken = await claim({ all: 4, normal: 2 });
    expect(taken.map((row) => row.lane)).toEqual(["interactive", "normal", "normal"]);
  });

  it("leave alone what is not due, what has a paused status, and another sender's rows", async () => {
    const other = await createIntegration(deps, outbox.workspace);
    const theirs = await createConversation(deps, outbox.workspace, { integrationId: other.id });
    const { workspaceId } = outbox.workspace;
    await enqueueQueued(deps, { workspaceId, conversationId: theirs.id, body: "theirs" });
    const paused = await outbox.enqueue("paused");
    await setStatus(paused.id, "paused");
    await outbox.enqueue("later", { sendAfter: inMs(1), lane: "normal" });
    expect(await claim()).toEqual([]);
  });

  it("expire a scheduled row that is too late and show it in the thread", async () => {
    const late = await outbox.enqueue("late", { sendAfter: inMs(1000), expiresAt: inMs(2000) });
    deps.clock.advance(2000);
    expect(await claim()).toMatchObject([{ id: late.id, status: "expired" }]);
    expect(await outbox.row(late.id)).toMatchObject({ status: "expired", seq: 1, attempt: 0 });
  });
});
