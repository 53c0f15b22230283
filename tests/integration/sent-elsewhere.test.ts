import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { listTrafficDays } from "../../db/queries/traffic";
import { attempts, conversations, messages } from "../../db/schema";
import type { Caller } from "../../lib/domain/viewer";
import { compareTraffic } from "../../lib/inbound/compare-traffic";
import { recoverMissed, recoverNow } from "../../lib/inbound/recover-missed";
import { applyStatus } from "../../lib/outbound/apply-status";
import { recordOutcomes } from "../../lib/outbound/record-outcomes";
import type { SentMessage } from "../../lib/ports/sms";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { openOutbox, UNCOUNTED } from "../support/outbox";
import { createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  // A run asks about the accounts of all workspaces: those of the tests before have nothing to say.
  await database.sql`update accounts set token_sealed = null`;
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

const minutes = (count: number) => deps.clock.advance(count * 60_000);

function left(providerId: string, body: string, values: Partial<SentMessage> = {}): SentMessage {
  return {
    providerId,
    from: outbox.workspace.integration.sender,
    to: outbox.conversation.address,
    messagingServiceSid: null,
    body,
    sentAt: deps.clock.now(),
    mediaCount: 0,
    report: { status: "delivered", errorCode: null, errorMessage: null },
    ...values,
  };
}

async function thread() {
  return deps.db
    .select()
    .from(messages)
    .where(eq(messages.conversationId, outbox.conversation.id))
    .orderBy(asc(messages.seq));
}

describe("texts that left at the provider without us", () => {
  it("take their place in the thread after ten minutes, once, in their order, marked", async () => {
    const first = left("SMa", "From the console");
    minutes(1);
    const second = left("SMb", "And again", {
      report: { status: "undelivered", errorCode: "30003", errorMessage: null },
    });
    deps.provider.departed = [first, second];
    minutes(9);
    expect(await recoverMissed(deps)).toMatchObject({ imported: 1 });
    minutes(2);
    expect(await recoverMissed(deps)).toMatchObject({ imported: 1 });
    expect(await recoverMissed(deps)).toMatchObject({ imported: 0 });
    expect(await thread()).toMatchObject([
      { body: "From the console", seq: 1, status: "delivered", createdAt: first.sentAt },
      { body: "And again", seq: 2, status: "undelivered", errorCode: "30003" },
    ]);
    expect((await thread())[0]?.content).toEqual({ sentElsewhere: true, mediaCount: 0 });
    expect(deps.changes.length).toBeGreaterThan(0);
  });

  it("to somebody new make a conversation that no inbox view shows", async () => {
    deps.provider.departed = [left("SMa", "Bonjour", { to: "+33199000666" })];
    minutes(15);
    await recoverMissed(deps);
    const [made] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.address, "+33199000666"));
    expect(made).toMatchObject({ isListed: false, lastSeq: 1 });
    await deps.db.delete(attempts).where(eq(attempts.providerId, "SMa"));
  });

  it("of ours, known by its id, and of a number that is not here, are left out", async () => {
    const ours = await outbox.enqueue("ours");
    await outbox.dispatch();
    const { providerId } = await outbox.row(ours.id);
    deps.provider.departed = [
      left(providerId ?? "", "ours"),
      left("SMa", "foreign", { from: "+33199000667" }),
    ];
    minutes(15);
    expect(await recoverMissed(deps)).toMatchObject({ imported: 0 });
    expect(await thread()).toHaveLength(1);
  });

  it("wait while something of ours to that number may be one of them", async () => {
    deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
    await outbox.enqueue("perhaps");
    await outbox.dispatch();
    deps.provider.departed = [left("SMa", "perhaps")];
    minutes(15);
    expect(await recoverMissed(deps)).toMatchObject({ imported: 0 });
    // It is asked about again, however long that takes.
    minutes(60);
    await deps.db
      .update(messages)
      .set({ status: "failed", unconfirmedAt: null })
      .where(eq(messages.conversationId, outbox.conversation.id));
    expect(await recoverMissed(deps)).toMatchObject({ imported: 1 });
  });

  it("merge with a message of ours whose id is learned late, by its answer or its receipt", async () => {
    for (const way of ["answer", "receipt"] as const) {
      const ours = await outbox.enqueue(way);
      deps.provider.answer = () => ({ kind: "unknown", reason: "reset", httpStatus: null });
      await outbox.dispatch();
      await deps.db
        .update(messages)
        .set({ status: "sending", unconfirmedAt: null })
        .where(eq(messages.id, ours.id));
      await deps.db
        .update(attempts)
        .set({ outcome: "unknown" })
        .where(eq(attempts.messageId, ours.id));
      deps.provider.departed = [left(`SM${way}`, way)];
      minutes(15);
      expect(await recoverMissed(deps)).toMatchObject({ imported: 1 });
      const row = await outbox.row(ours.id);
      if (way === "answer") {
        const end = { kind: "accepted", providerId: `SM${way}`, segments: 1 } as const;
        const claimed = {
          ...row,
          status: "sending" as const,
          isByAgent: false,
          mediaIds: [],
          template: null,
          email: null,
          sealed: null,
        };
        await recordOutcomes(deps, [{ message: claimed, end }], UNCOUNTED);
      } else {
        await applyStatus(deps, {
          messageId: ours.id,
          attempt: row.attempt,
          providerId: `SM${way}`,
          status: "delivered",
          errorCode: null,
          errorMessage: null,
          carrierAt: null,
          data: {},
          via: "callback",
        });
      }
      const same = (await thread()).filter(({ body }) => body === way);
      expect(same.map(({ id, providerId }) => ({ id, providerId }))).toEqual([
        { id: ours.id, providerId: `SM${way}` },
      ]);
      const [conversation] = await deps.db
        .select()
        .from(conversations)
        .where(eq(conversations.id, outbox.conversation.id));
      expect(conversation?.lastMessageId).toBe(ours.id);
    }
  });

  it("are counted the day after: how many are there, and how many of them here", async () => {
    const missing = left("SMb", "of a number that is not here", { from: "+33199000668" });
    deps.provider.departed = [left("SMa", "From the console"), missing];
    minutes(15);
    await recoverMissed(deps);
    expect(await compareTraffic(deps)).toEqual({ compared: 0, missing: 0, failed: 0 });
    minutes(24 * 60);
    expect(await compareTraffic(deps)).toEqual({ compared: 1, missing: 1, failed: 0 });
    expect(await compareTraffic(deps)).toEqual({ compared: 0, missing: 0, failed: 0 });
    const { workspaceId, account } = outbox.workspace;
    const days = await listTrafficDays(deps.db, { workspaceId, accountId: account.id, limit: 7 });
    expect(days).toMatchObject([
      { day: "2026-11-20", receivedThere: 0, receivedHere: 0, sentThere: 2, sentHere: 1 },
    ]);
  });

  it("are fetched at once when an administrator asks, of their own workspace alone", async () => {
    deps.provider.departed = [left("SMa", "From the console")];
    minutes(15);
    const by = (workspaceId: Caller["workspaceId"]) => {
      return { workspaceId, actor: { kind: "system" }, role: "owner" } as const;
    };
    const { integration, workspaceId } = outbox.workspace;
    const stranger = by((await createWorkspace(deps)).workspaceId);
    expect(await recoverNow(deps, stranger, { integrationId: integration.id })).toBeNull();
    const input = { integrationId: integration.id };
    expect(await recoverNow(deps, by(workspaceId), input)).toMatchObject({ imported: 1 });
  });
});
