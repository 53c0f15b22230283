import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { listConsents } from "../../db/queries/consents";
import { activities, consents, messages } from "../../db/schema";
import { dismissStop } from "../../lib/contacts/dismiss-stop";
import { exportConsents } from "../../lib/contacts/export-consents";
import { type ConsentInput, recordConsent } from "../../lib/contacts/record-consent";
import { startConversation } from "../../lib/conversations/start-conversation";
import type { Caller } from "../../lib/domain/viewer";
import { retryMessage } from "../../lib/outbound/retry-message";
import { createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { enqueueIn, openOutbox } from "../support/outbox";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let outbox: Awaited<ReturnType<typeof openOutbox>>;
let agent: Caller;

beforeEach(async () => {
  deps = testDeps(database);
  outbox = await openOutbox(deps);
  agent = await agentOf(outbox.workspace.workspaceId, "Inès");
});

async function agentOf(workspaceId: Caller["workspaceId"], name = "Ada"): Promise<Caller> {
  const user = await createUser(deps, workspaceId, "agent", name);
  const actor = { kind: "user", userId: user.id } as const;
  return { workspaceId, integrations: "all", actor, role: "agent", scopes: null };
}

function record(values: Partial<ConsentInput> = {}, by = agent) {
  return recordConsent(deps, by, {
    personId: outbox.conversation.personId,
    integrationId: outbox.workspace.integration.id,
    state: "opted_out",
    words: "Said by phone: no more texts",
    ...values,
  });
}

const ledger = () =>
  deps.db
    .select()
    .from(consents)
    .where(eq(consents.workspaceId, outbox.workspace.workspaceId))
    .orderBy(asc(consents.id));

describe("what an agent records", () => {
  it("is appended with words, actor and address, and leaves a line in the thread", async () => {
    expect(await record()).toEqual({ kind: "recorded" });
    deps.clock.advance(1000);
    expect(await record({ state: "opted_in", words: "Changed her mind" })).toEqual({
      kind: "recorded",
    });
    const userId = agent.actor.kind === "user" ? agent.actor.userId : null;
    const shared = { source: "agent", actorUserId: userId, address: outbox.conversation.address };
    expect(await ledger()).toMatchObject([
      { ...shared, state: "opted_out", words: "Said by phone: no more texts" },
      { ...shared, state: "opted_in", words: "Changed her mind" },
    ]);
    const lines = await deps.db
      .select()
      .from(activities)
      .where(eq(activities.conversationId, outbox.conversation.id))
      .orderBy(asc(activities.id));
    expect(lines.map(({ kind, data }) => [kind, data.by])).toEqual([
      ["opted_out", "team"],
      ["opted_in", "team"],
    ]);
    expect(deps.changes).toHaveLength(2);
  });

  it("counts at once on every path: replies, API, new conversations, retries and what waits already", async () => {
    deps.provider.answer = () => ({
      kind: "rejected",
      fault: "permanent",
      code: "30007",
      message: "filtered",
      httpStatus: 400,
    });
    const failed = await outbox.enqueue("failed");
    await outbox.dispatch();
    const due = await outbox.enqueue("due");
    const later = await outbox.enqueue("later", {
      sendAfter: new Date(deps.clock.now().getTime() + 60_000),
    });
    const sent = deps.provider.sent.length;
    await record();
    const { workspaceId, integration } = outbox.workspace;
    const refused = { kind: "refused", code: "opted_out" };
    for (const lane of ["interactive", "normal"] as const) {
      const input = { workspaceId, conversationId: outbox.conversation.id, body: "no", lane };
      expect(await enqueueIn(deps, input)).toMatchObject(refused);
    }
    const { address } = outbox.conversation;
    for (const to of [{ phone: address }, { personId: outbox.conversation.personId }]) {
      const from = { integrationId: integration.id };
      const outcome = await startConversation(deps, { acting: agent, to, from, body: "no" });
      expect(outcome).toMatchObject(refused);
    }
    const retried = await retryMessage(deps, {
      scope: outbox.scope,
      messageId: failed.id,
      actor: agent.actor,
    });
    expect(retried).toEqual({ kind: "opted_out" });
    await outbox.dispatch();
    deps.clock.advance(60_000);
    await outbox.dispatch();
    for (const { id } of [due, later]) {
      expect(await outbox.row(id)).toMatchObject({ status: "failed", statusReason: "opted_out" });
    }
    expect(deps.provider.sent).toHaveLength(sent);
    await record({ state: "opted_in", words: "again" });
    expect((await outbox.enqueue("yes")).status).toBe("queued");
  });

  it("concerns that sender alone, also before there is a conversation with it", async () => {
    const other = await createIntegration(deps, outbox.workspace);
    expect(await record({ integrationId: other.id })).toEqual({ kind: "recorded" });
    expect((await outbox.enqueue("by the first")).status).toBe("queued");
    const elsewhere = await createConversation(deps, outbox.workspace, {
      integrationId: other.id,
      personId: outbox.conversation.personId,
      address: outbox.conversation.address,
    });
    const { workspaceId } = outbox.workspace;
    const outcome = await enqueueIn(deps, {
      workspaceId,
      conversationId: elsewhere.id,
      body: "no",
    });
    expect(outcome).toMatchObject({ code: "opted_out" });
  });

  it("is refused to who may not see the number, to strangers, and without an address", async () => {
    expect(await record({}, { ...agent, integrations: [] })).toEqual({
      kind: "integration_not_found",
    });
    const stranger = await agentOf((await createWorkspace(deps)).workspaceId);
    expect(await record({}, stranger)).toEqual({ kind: "integration_not_found" });
    expect(await record({ personId: deps.chance.uuid() })).toEqual({ kind: "person_not_found" });
    const mail = await createIntegration(deps, outbox.workspace, {
      type: "email",
      sender: "team@example.test",
    });
    expect(await record({ integrationId: mail.id })).toEqual({
      kind: "no_address",
      channel: "email",
    });
    expect(await ledger()).toEqual([]);
  });
});

describe("a probable stop", () => {
  async function received(body: string) {
    const id = deps.chance.uuid();
    const row = await outbox.enqueue("template");
    await deps.db.insert(messages).values({
      ...row,
      id,
      seq: 900,
      direction: "in",
      status: "received",
      body,
      content: { probableStop: true },
    });
    return id;
  }
  const contentOf = async (id: string) => (await outbox.row(id)).content;

  it("is dismissed once, by whom", async () => {
    const id = await received("Stop, merci");
    expect(await dismissStop(deps, agent, { messageId: id })).toEqual({ kind: "dismissed" });
    expect(await contentOf(id)).toMatchObject({ probableStop: "dismissed" });
    expect(await dismissStop(deps, agent, { messageId: id })).toEqual({ kind: "not_found" });
    expect(await ledger()).toEqual([]);
  });

  it("is recorded with the message and its words", async () => {
    const id = await received("Stop, merci");
    await record({ words: "Stop, merci", messageId: id });
    expect(await contentOf(id)).toMatchObject({ probableStop: "recorded" });
    expect(await ledger()).toMatchObject([{ messageId: id, words: "Stop, merci" }]);
  });

  it("is not to be settled by strangers", async () => {
    const id = await received("Stop, merci");
    const stranger = await agentOf((await createWorkspace(deps)).workspaceId);
    expect(await dismissStop(deps, stranger, { messageId: id })).toEqual({ kind: "not_found" });
    expect(await contentOf(id)).toEqual({ probableStop: true });
  });
});

describe("the proof", () => {
  it("lists a person's entries newest first, page by page, on the numbers one may see", async () => {
    for (let n = 1; n <= 5; n += 1) await record({ words: `entry ${n}` });
    const { personId } = outbox.conversation;
    const first = await listConsents(deps.db, agent, { personId, before: null, limit: 3 });
    expect(first.entries.map(({ words }) => words)).toEqual(["entry 5", "entry 4", "entry 3"]);
    expect(first.entries[0]).toMatchObject({ actorName: "Inès", senderName: "Main" });
    const rest = await listConsents(deps.db, agent, {
      personId,
      before: first.nextBefore,
      limit: 3,
    });
    expect(rest.entries.map(({ words }) => words)).toEqual(["entry 2", "entry 1"]);
    expect(rest.nextBefore).toBeNull();
    const blind = { ...agent, integrations: [] };
    expect(
      (await listConsents(deps.db, blind, { personId, before: null, limit: 3 })).entries,
    ).toEqual([]);
  });

  it("is CSV of the workspace or of a person, in its order, without formulas", async () => {
    await record({ words: '=HYPERLINK("x")' });
    const other = await createConversation(deps, outbox.workspace);
    await record({ personId: other.personId, words: "of somebody else" });
    await agentOf((await createWorkspace(deps)).workspaceId);
    const { workspaceId } = outbox.workspace;
    const read = async (personId: string | null) => {
      const lines: string[] = [];
      for await (const part of exportConsents(deps, { workspaceId, personId })) lines.push(part);
      return lines.join("").trimEnd().split("\r\n");
    };
    const all = await read(null);
    expect(all).toHaveLength(3);
    expect(all[0]).toBe(
      "at,person_id,address,channel,sender,sender_name,state,source,words,message_id,actor",
    );
    expect(all[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect(all[1]).toContain("2026-11-20T09:00:00.000Z");
    expect(all[1]?.endsWith(",Inès")).toBe(true);
    expect(await read(other.personId)).toHaveLength(2);
  });
});
