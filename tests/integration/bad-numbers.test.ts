import { and, eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { listOpenTasks } from "../../db/queries/tasks";
import { addresses, conversations, media, messages, persons, tasks } from "../../db/schema";
import type { Caller } from "../../lib/domain/viewer";
import { applyStatus } from "../../lib/outbound/apply-status";
import { correctNumber } from "../../lib/outbound/correct-number";
import { closeBadNumber, sendAgain } from "../../lib/outbound/resolve-bad-number";
import { retryMessage } from "../../lib/outbound/retry-message";
import { sweepOutbound } from "../../lib/outbound/sweep-outbound";
import { switchSender } from "../../lib/outbound/switch-sender";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueQueued, findMessage, openOutbox, statusesOf } from "../support/outbox";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
let agent: Caller;

const HOUR = 3_600_000;
const OTHER = "+33199000444";

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
  agent = await agentOf(outbox.workspace);
});

async function agentOf({ workspaceId }: { workspaceId: Caller["workspaceId"] }): Promise<Caller> {
  const user = await createUser(deps, workspaceId, "agent");
  const actor = { kind: "user", userId: user.id } as const;
  return { workspaceId, integrations: "all", actor, role: "agent", scopes: null };
}

function refuse(code: string) {
  deps.provider.answer = () => ({
    kind: "rejected",
    fault: "permanent",
    code,
    message: "No",
    httpStatus: 400,
  });
}

function accept() {
  deps.provider.answer = (_request, n) => ({
    kind: "accepted",
    providerId: `SM${n.toString(16).padStart(32, "0")}`,
    segments: 1,
  });
}

const openTasks = () => listOpenTasks(deps.db, outbox.scope);

async function theTask() {
  const [task, ...more] = await openTasks();
  if (!task || more.length > 0) throw new Error("there is one task");
  return task;
}

/** One send that fails for good, and two that then wait: one due, one for later. */
async function badNumber() {
  refuse("30005");
  const failed = await outbox.enqueue("failed");
  const later = await outbox.enqueue("later", {
    sendAfter: new Date(deps.clock.now().getTime() + HOUR),
  });
  const due = await outbox.enqueue("due");
  await outbox.dispatch();
  accept();
  return { failed, due, later, task: await theTask() };
}

describe("a number that is no good", () => {
  it.each(["21211", "21614", "30005"])(
    "%s pauses what waits for it and opens one task",
    async (code) => {
      refuse(code);
      const failed = await outbox.enqueue("failed");
      const later = await outbox.enqueue("later", {
        sendAfter: new Date(deps.clock.now().getTime() + HOUR),
      });
      const due = await outbox.enqueue("due");
      await outbox.dispatch();
      expect(await statusesOf(deps, [failed.id, later.id, due.id])).toEqual([
        "failed",
        "paused",
        "paused",
      ]);
      expect(deps.provider.sent).toHaveLength(1);
      expect(await outbox.row(due.id)).toMatchObject({
        statusReason: "bad_number",
        errorCode: code,
      });
      expect(await theTask()).toMatchObject({
        address: outbox.conversation.address,
        errorCode: code,
        waiting: 2,
        messages: [{ body: "due" }, { body: "later" }],
      });
    },
  );

  it("30003 does so only the second time, and not across a message that arrived", async () => {
    const fail = async (n: number) => {
      const message = await outbox.enqueue(`try ${n}`);
      await outbox.dispatch();
      await report(message.id, { status: "undelivered", errorCode: "30003" });
    };
    await fail(1);
    const arrived = await outbox.enqueue("arrived");
    await outbox.dispatch();
    deps.clock.advance(1000);
    await report(arrived.id, { status: "delivered", errorCode: null });
    deps.clock.advance(1000);
    await fail(2);
    expect(await openTasks()).toEqual([]);
    await fail(3);
    expect((await theTask()).errorCode).toBe("30003");
  });

  it("holds back what is written after it, over all of our numbers; a person's retry goes", async () => {
    const { failed } = await badNumber();
    const other = await createIntegration(deps, outbox.workspace);
    const elsewhere = await createConversation(deps, outbox.workspace, {
      integrationId: other.id,
      personId: outbox.conversation.personId,
      address: outbox.conversation.address,
    });
    const written = await outbox.enqueue("written later");
    const onOther = await enqueueQueued(deps, {
      workspaceId: outbox.workspace.workspaceId,
      conversationId: elsewhere.id,
      body: "from another number",
    });
    expect([written.status, onOther.status]).toEqual(["paused", "paused"]);
    expect((await theTask()).waiting).toBe(4);
    const { scope } = outbox;
    await retryMessage(deps, { scope, messageId: failed.id, actor: agent.actor });
    await outbox.dispatch();
    expect((await outbox.row(failed.id)).status).toBe("accepted");
  });

  it("concerns nobody else: other people and other workspaces with that number go on", async () => {
    await badNumber();
    const person = await createConversation(deps, outbox.workspace);
    const theirs = await enqueueQueued(deps, {
      workspaceId: outbox.workspace.workspaceId,
      conversationId: person.id,
      body: "to somebody else",
    });
    const tenant = await createWorkspace(deps);
    const same = await createConversation(deps, tenant, { address: outbox.conversation.address });
    const elsewhere = await enqueueQueued(deps, {
      workspaceId: tenant.workspaceId,
      conversationId: same.id,
      body: "of another workspace",
    });
    expect([theirs.status, elsewhere.status]).toEqual(["queued", "queued"]);
  });

  it("is one task, however many fail at the same moment", async () => {
    refuse("21211");
    const people = await Promise.all(
      [1, 2, 3].map((n) =>
        outbox.enqueue(`lane ${n}`, { lane: n === 1 ? "normal" : "interactive" }),
      ),
    );
    await outbox.dispatch();
    expect(
      (
        await statusesOf(
          deps,
          people.map(({ id }) => id),
        )
      ).sort(),
    ).toEqual(["failed", "failed", "paused"].sort());
    expect(await openTasks()).toHaveLength(1);
  });
});

describe("a task about a number", () => {
  it("corrected: the person and their conversations have the new number, and what waited leaves for it", async () => {
    const { due, later, task } = await badNumber();
    const outcome = await correctNumber(deps, agent, { taskId: task.id, number: "01 99 00 04 44" });
    expect(outcome).toEqual({ kind: "resolved", count: 2 });
    expect(await outbox.row(due.id)).toMatchObject({ status: "queued", toAddress: OTHER });
    expect(await outbox.row(later.id)).toMatchObject({
      status: "scheduled",
      toAddress: OTHER,
      seq: null,
    });
    await outbox.dispatch();
    expect(deps.provider.sent.at(-1)).toMatchObject({ to: OTHER, body: "due" });
    expect(await addressesNow()).toEqual([OTHER]);
    const [conversation] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, outbox.conversation.id));
    expect(conversation?.address).toBe(OTHER);
    const [person] = await deps.db
      .select()
      .from(persons)
      .where(eq(persons.id, outbox.conversation.personId));
    expect(person?.searchText).toContain("199000444");
    expect(await closed(task.id)).toMatchObject({ resolution: "corrected" });
  });

  it("refuses a number that is none, the same one and somebody else's; nothing changes", async () => {
    const { task } = await badNumber();
    const somebody = await createConversation(deps, outbox.workspace, { address: OTHER });
    const { address } = outbox.conversation;
    const correct = (number: string) => correctNumber(deps, agent, { taskId: task.id, number });
    expect(await correct("12")).toMatchObject({ kind: "invalid_phone_number" });
    expect(await correct(address)).toEqual({ kind: "same_number" });
    expect(await correct(OTHER)).toEqual({ kind: "address_taken", personId: somebody.personId });
    expect(await addressesNow()).toEqual([address]);
    expect((await theTask()).waiting).toBe(2);
  });

  it("sent again: what waited leaves as it was, its expiry where it stood; failing again opens a new one", async () => {
    const { due, later, task } = await badNumber();
    const before = await outbox.row(due.id);
    deps.clock.advance(HOUR / 2);
    refuse("30005");
    expect(await sendAgain(deps, agent, { taskId: task.id })).toEqual({
      kind: "resolved",
      count: 2,
    });
    expect(await outbox.row(due.id)).toMatchObject({
      status: "queued",
      expiresAt: new Date((before.expiresAt?.getTime() ?? 0) + HOUR / 2),
    });
    expect((await outbox.row(later.id)).status).toBe("scheduled");
    await outbox.dispatch();
    expect((await theTask()).id).not.toBe(task.id);
    expect((await outbox.row(later.id)).status).toBe("paused");
  });

  it("closed: what waited is canceled", async () => {
    const { due, later, task } = await badNumber();
    expect(await closeBadNumber(deps, agent, { taskId: task.id })).toEqual({
      kind: "resolved",
      count: 2,
    });
    expect(await statusesOf(deps, [due.id, later.id])).toEqual(["canceled", "canceled"]);
    expect((await outbox.row(due.id)).statusReason).toBe("bad_number_closed");
    expect(await closeBadNumber(deps, agent, { taskId: task.id })).toEqual({ kind: "not_found" });
  });

  it("switched: what waited leaves once by another channel, with its files", async () => {
    const { due, later, task } = await badNumber();
    const file = { id: deps.chance.uuid(), workspaceId: outbox.workspace.workspaceId };
    await deps.db.insert(media).values({
      ...file,
      messageId: due.id,
      direction: "out",
      position: 0,
      status: "stored",
      contentType: "image/png",
      size: 10,
      createdAt: deps.clock.now(),
    });
    const whatsapp = await createIntegration(deps, outbox.workspace, { type: "whatsapp" });
    await createConversation(deps, outbox.workspace, {
      integrationId: whatsapp.id,
      personId: outbox.conversation.personId,
      address: outbox.conversation.address,
      lastInboundAt: deps.clock.now(),
    });
    const outcome = await switchSender(deps, agent, {
      taskId: task.id,
      integrationId: whatsapp.id,
    });
    expect(outcome).toEqual({ kind: "resolved", count: 2 });
    expect(await statusesOf(deps, [due.id, later.id])).toEqual(["canceled", "canceled"]);
    const moved = await deps.db
      .select()
      .from(messages)
      .where(eq(messages.integrationId, whatsapp.id));
    expect(moved.map(({ body, status, channel }) => `${body} ${status} ${channel}`).sort()).toEqual(
      ["due queued whatsapp", "later scheduled whatsapp"],
    );
    const [kept] = await deps.db.select().from(media).where(eq(media.id, file.id));
    expect(kept?.messageId).toBe(moved.find(({ body }) => body === "due")?.id);
    expect(await closed(task.id)).toMatchObject({ resolution: "switched" });
  });

  it("is not switched where the other channel is shut, nor to another number of the same one", async () => {
    const { due, task } = await badNumber();
    const whatsapp = await createIntegration(deps, outbox.workspace, { type: "whatsapp" });
    const other = await createIntegration(deps, outbox.workspace);
    const to = (integrationId: string) =>
      switchSender(deps, agent, { taskId: task.id, integrationId });
    expect(await to(whatsapp.id)).toMatchObject({ code: "whatsapp_window_closed" });
    expect(await to(other.id)).toEqual({ kind: "same_channel" });
    expect((await findMessage(deps, due.id)).status).toBe("paused");
    expect(await deps.db.$count(conversations, eq(conversations.integrationId, whatsapp.id))).toBe(
      0,
    );
  });

  it("is not found by who may not see its number, nor by another workspace", async () => {
    const { task } = await badNumber();
    const blind = { ...agent, integrations: [] };
    const stranger = await agentOf(await createWorkspace(deps));
    for (const by of [blind, stranger]) {
      expect(await listOpenTasks(deps.db, by)).toEqual([]);
      expect(await closeBadNumber(deps, by, { taskId: task.id })).toEqual({ kind: "not_found" });
      expect(await sendAgain(deps, by, { taskId: task.id })).toEqual({ kind: "not_found" });
      const number = OTHER;
      expect(await correctNumber(deps, by, { taskId: task.id, number })).toEqual({
        kind: "not_found",
      });
      const { integrationId } = task;
      expect(await switchSender(deps, by, { taskId: task.id, integrationId })).toEqual({
        kind: "not_found",
      });
    }
    expect((await theTask()).waiting).toBe(2);
  });

  it("that a crash closed before its messages were let go: the sweep lets them go", async () => {
    const { due, task } = await badNumber();
    await deps.db
      .update(tasks)
      .set({ closedAt: deps.clock.now(), resolution: "sent_again" })
      .where(eq(tasks.id, task.id));
    await sweepOutbound(deps);
    expect((await outbox.row(due.id)).status).toBe("queued");
  });
});

async function report(
  messageId: string,
  { status, errorCode }: { status: "delivered" | "undelivered"; errorCode: string | null },
) {
  const row = await outbox.row(messageId);
  await applyStatus(deps, {
    messageId,
    attempt: row.attempt,
    providerId: row.providerId ?? "",
    status,
    errorCode,
    errorMessage: null,
    carrierAt: null,
    data: {},
    via: "callback",
  });
}

async function addressesNow() {
  const rows = await deps.db
    .select({ value: addresses.value })
    .from(addresses)
    .where(eq(addresses.personId, outbox.conversation.personId));
  return rows.map(({ value }) => value);
}

async function closed(id: string) {
  const [row] = await deps.db.select().from(tasks).where(eq(tasks.id, id));
  expect(await deps.db.$count(tasks, and(eq(tasks.id, id), isNull(tasks.closedAt)))).toBe(0);
  return row;
}
