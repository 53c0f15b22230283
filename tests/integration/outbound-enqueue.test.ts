import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { accounts, consents, conversations, integrations, messages } from "../../db/schema";
import { enqueueMessage } from "../../lib/outbound/enqueue-message";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueIn, openOutbox } from "../support/outbox";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
});

const HOUR = 3_600_000;
const inMs = (ms: number) => new Date(deps.clock.now().getTime() + ms);
type Values = Partial<Parameters<typeof enqueueIn>[1]>;

function enqueue(values: Values = {}) {
  const { workspaceId } = outbox.workspace;
  const conversationId = outbox.conversation.id;
  return enqueueIn(deps, { workspaceId, conversationId, body: "Bonjour", ...values });
}

async function refusal(values: Values = {}) {
  const outcome = await enqueue(values);
  return outcome.kind === "refused" ? outcome.code : outcome.kind;
}

async function count() {
  return deps.db.$count(messages, eq(messages.workspaceId, outbox.workspace.workspaceId));
}

async function consent(state: "opted_in" | "opted_out") {
  await deps.db.insert(consents).values({
    workspaceId: outbox.workspace.workspaceId,
    personId: outbox.conversation.personId,
    integrationId: outbox.workspace.integration.id,
    channel: "sms",
    address: outbox.conversation.address,
    state,
    source: "keyword",
    at: deps.clock.now(),
  });
}

describe("enqueueMessage", () => {
  it("R408 stores a queued row with its place in the thread, its due time and its bell", async () => {
    const outcome = await enqueue();
    expect(outcome).toMatchObject({
      kind: "queued",
      message: {
        status: "queued",
        seq: 1,
        lane: "interactive",
        fromAddress: outbox.workspace.integration.sender,
        toAddress: outbox.conversation.address,
        sendAfter: deps.clock.now(),
        attempt: 0,
      },
      bell: { integrationId: outbox.workspace.integration.id, due: deps.clock.now() },
    });
  });

  it.each([
    ["interactive", 24],
    ["normal", 72],
  ] as const)(
    "gives up %s messages after %i h, counted from when they are due",
    async (lane, hours) => {
      const sendAfter = inMs(HOUR);
      expect(await enqueue({ lane, sendAfter })).toMatchObject({
        message: {
          status: "scheduled",
          seq: null,
          sendAfter,
          expiresAt: inMs((hours + 1) * HOUR),
        },
        bell: { due: sendAfter },
      });
      expect(await enqueue({ lane, sendAfter: inMs(-HOUR) })).toMatchObject({
        message: { status: "queued", sendAfter: deps.clock.now(), expiresAt: inMs(hours * HOUR) },
      });
    },
  );

  it("gives each message of a conversation its own place, also when many come at once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 7 }, () => enqueue()));
    const seqs = outcomes.map((outcome) =>
      outcome.kind === "queued" ? outcome.message.seq : null,
    );
    expect(seqs.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("is part of its caller's transaction: what is rolled back was never there", async () => {
    const { workspaceId } = outbox.workspace;
    const work = deps.db.transaction(async (tx) => {
      await enqueueMessage(deps, tx, {
        workspaceId,
        conversationId: outbox.conversation.id,
        body: "Bonjour",
        lane: "normal",
        actor: { kind: "system" },
      });
      throw new Error("no after all");
    });
    await expect(work).rejects.toThrow("no after all");
    expect(await count()).toBe(0);
    expect(await enqueue()).toMatchObject({ message: { seq: 1 } });
  });

  it("an agent's message puts its conversation into the inbox, a system's does not", async () => {
    const { id } = await createConversation(deps, outbox.workspace, { isListed: false });
    const user = await createUser(deps, outbox.workspace.workspaceId, "agent");
    const listed = async () => {
      const [row] = await deps.db.select().from(conversations).where(eq(conversations.id, id));
      return row?.isListed;
    };
    await enqueue({ conversationId: id });
    expect(await listed()).toBe(false);
    await enqueue({ conversationId: id, actor: { kind: "user", userId: user.id } });
    expect(await listed()).toBe(true);
  });
});

describe("an idempotency key", () => {
  it("with the same payload gives the first message again, with another one is refused", async () => {
    const first = await enqueue({ idempotencyKey: "k" });
    const again = await enqueue({ idempotencyKey: "k" });
    if (first.kind !== "queued" || again.kind !== "duplicate") throw new Error("no duplicate");
    expect(again.message.id).toBe(first.message.id);
    expect(await refusal({ idempotencyKey: "k", body: "Bonsoir" })).toBe("idempotency_key_reused");
    const other = await createConversation(deps, outbox.workspace);
    const elsewhere = { idempotencyKey: "k", conversationId: other.id };
    expect(await refusal(elsewhere)).toBe("idempotency_key_reused");
    expect(await count()).toBe(1);
  });

  it("sent ten times at once makes one message", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => enqueue({ idempotencyKey: "k" })),
    );
    expect(outcomes.filter((outcome) => outcome.kind === "queued")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.kind === "duplicate")).toHaveLength(9);
    expect(await count()).toBe(1);
  });

  it("sent to two conversations at once makes one message", async () => {
    const { id } = await createConversation(deps, outbox.workspace);
    const kinds = await Promise.all([
      refusal({ idempotencyKey: "k" }),
      refusal({ idempotencyKey: "k", conversationId: id }),
    ]);
    expect(kinds.toSorted()).toEqual(["idempotency_key_reused", "queued"]);
  });

  it("belongs to its workspace, and still answers when the sender could not send any more", async () => {
    expect(await refusal({ idempotencyKey: "k" })).toBe("queued");
    const other = await openOutbox(deps);
    expect((await other.enqueue("Bonjour", { idempotencyKey: "k" })).seq).toBe(1);
    await consent("opted_out");
    expect(await refusal({ idempotencyKey: "k" })).toBe("duplicate");
  });
});

describe("nothing is stored", () => {
  it("for another tenant's conversation", async () => {
    const stranger = await createWorkspace(deps);
    expect(await refusal({ workspaceId: stranger.workspaceId })).toBe("not_found");
  });

  it("R220 for no text, or one of more than 1600 UTF-16 units", async () => {
    expect(await refusal({ body: " \n" })).toBe("message_empty");
    expect(await refusal({ body: "é".repeat(1601) })).toBe("message_too_long");
    expect(await refusal({ body: "é".repeat(1600) })).toBe("queued");
  });

  it("for a file that is not there, or named twice", async () => {
    const id = deps.chance.uuid();
    expect(await refusal({ mediaIds: [id] })).toBe("media_not_found");
    expect(await refusal({ mediaIds: [id, id] })).toBe("media_not_found");
  });

  it("for a message that would be too late, whatever its due time", async () => {
    expect(await refusal({ expiresAt: deps.clock.now() })).toBe("already_expired");
    expect(await refusal({ sendAfter: inMs(-HOUR), expiresAt: inMs(-1) })).toBe("already_expired");
    expect(await refusal({ sendAfter: inMs(HOUR), expiresAt: inMs(HOUR) })).toBe("already_expired");
    expect(await refusal({ sendAfter: inMs(HOUR), expiresAt: inMs(HOUR + 1) })).toBe("queued");
  });

  it("R029 where the number is switched off, taken away, or without credentials", async () => {
    const { integration, account } = outbox.workspace;
    const change = (set: Partial<typeof integrations.$inferInsert>) =>
      deps.db.update(integrations).set(set).where(eq(integrations.id, integration.id));
    await deps.db.update(accounts).set({ tokenSealed: null }).where(eq(accounts.id, account.id));
    expect(await enqueue()).toMatchObject({
      code: "twilio_not_configured",
      message: "Twilio credentials not configured",
    });
    await change({ isActive: false });
    expect(await refusal()).toBe("integration_inactive");
    await change({ deletedAt: deps.clock.now() });
    expect(await enqueue()).toMatchObject({ message: "SMS delivery not configured" });
    expect(await count()).toBe(0);
  });

  it("for a person who has opted out; the last word of the ledger decides", async () => {
    await consent("opted_out");
    expect(await refusal()).toBe("opted_out");
    await consent("opted_in");
    expect(await refusal()).toBe("queued");
    await consent("opted_out");
    expect(await refusal()).toBe("opted_out");
  });

  it("on WhatsApp later than 24 h after the person's last message", async () => {
    const whatsapp = await createIntegration(deps, outbox.workspace, { type: "whatsapp" });
    const open = (lastInboundAt: Date | null) =>
      createConversation(deps, outbox.workspace, { integrationId: whatsapp.id, lastInboundAt });
    const refusedAfter = async (ms: number | null) => {
      const { id } = await open(ms === null ? null : inMs(-ms));
      return refusal({ conversationId: id });
    };
    expect(await refusedAfter(null)).toBe("whatsapp_window_closed");
    expect(await refusedAfter(24 * HOUR)).toBe("whatsapp_window_closed");
    expect(await refusedAfter(24 * HOUR - 1)).toBe("queued");
  });
});
