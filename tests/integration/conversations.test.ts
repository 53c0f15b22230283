import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { cardsByIds } from "../../db/queries/cards";
import { conversationDetail } from "../../db/queries/conversations";
import { threadPage } from "../../db/queries/threads";
import { activities, consents, conversations, labels, messages, persons } from "../../db/schema";
import { assignConversation } from "../../lib/conversations/assign-conversation";
import type { Acting } from "../../lib/conversations/change-conversation";
import { markRead } from "../../lib/conversations/mark-read";
import { markUnread } from "../../lib/conversations/mark-unread";
import { replyToConversation } from "../../lib/conversations/reply-to-conversation";
import { setConversationState } from "../../lib/conversations/set-conversation-state";
import { setLabels } from "../../lib/conversations/set-labels";
import { setPriority } from "../../lib/conversations/set-priority";
import { startConversation } from "../../lib/conversations/start-conversation";
import { addMessage, createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();

async function scene() {
  const deps = testDeps(database);
  const workspace = await createWorkspace(deps);
  const ada = await createUser(deps, workspace.workspaceId, "agent", "Ada");
  const bob = await createUser(deps, workspace.workspaceId, "agent", "Bob");
  const conversation = await createConversation(deps, workspace, { name: "Claire" });
  const acting = (userId: string): Acting => ({
    workspaceId: workspace.workspaceId,
    integrations: "all",
    actor: { kind: "user", userId },
  });
  const conversationId = conversation.id;
  return { deps, workspace, ada, bob, conversation, conversationId, acting };
}

/** The same person seen from another tenant. */
async function stranger(deps: ReturnType<typeof testDeps>): Promise<Acting> {
  const other = await createWorkspace(deps);
  const user = await createUser(deps, other.workspaceId, "owner");
  const actor = { kind: "user", userId: user.id } as const;
  return { workspaceId: other.workspaceId, integrations: "all", actor };
}

const row = async (deps: ReturnType<typeof testDeps>, id: string) => {
  const [found] = await deps.db.select().from(conversations).where(eq(conversations.id, id));
  if (!found) throw new Error("the conversation is gone");
  return found;
};

const linesOf = (deps: ReturnType<typeof testDeps>, id: string) =>
  deps.db.select().from(activities).where(eq(activities.conversationId, id)).orderBy(activities.id);

describe("reply to a conversation", () => {
  it("R408 stores the answer in the outbox, rings and tells the screens", async () => {
    const { deps, ada, acting, workspace, conversation, conversationId } = await scene();
    const { seq } = await addMessage(deps, workspace, conversation);
    const outcome = await replyToConversation(deps, {
      acting: acting(ada.id),
      conversationId,
      body: "Bonjour Claire",
      afterSeq: seq,
      idempotencyKey: "one",
    });
    expect(outcome).toMatchObject({
      kind: "enqueued",
      isReplay: false,
      message: { body: "Bonjour Claire", status: "queued", seq: 2, author: { name: "Ada" } },
    });
    expect(deps.bells).toHaveLength(1);
    expect(deps.changes).toEqual([
      expect.objectContaining({ kind: "conversation", conversationId }),
    ]);
  });

  it("R408 a second call with the same key gives the first answer, even after others wrote", async () => {
    const { deps, ada, bob, acting, conversationId } = await scene();
    const first = { acting: acting(ada.id), conversationId, body: "Oui", idempotencyKey: "same" };
    const one = await replyToConversation(deps, { ...first, afterSeq: 0 });
    await replyToConversation(deps, { acting: acting(bob.id), conversationId, body: "Non" });
    const two = await replyToConversation(deps, { ...first, afterSeq: 0 });
    expect(one.kind === "enqueued" && two.kind === "enqueued").toBe(true);
    if (one.kind !== "enqueued" || two.kind !== "enqueued") return;
    expect(two.message.id).toBe(one.message.id);
    expect(two.isReplay).toBe(true);
    expect(await replyToConversation(deps, { ...first, body: "Autre" })).toMatchObject({
      kind: "refused",
      code: "idempotency_key_reused",
    });
  });

  it("of two agents who answer at the same moment one is stored and one is told", async () => {
    const { deps, ada, bob, acting, workspace, conversation, conversationId } = await scene();
    const { seq: afterSeq } = await addMessage(deps, workspace, conversation);
    const outcomes = await Promise.all(
      [ada, bob].map((user) =>
        replyToConversation(deps, {
          acting: acting(user.id),
          conversationId,
          body: `De ${user.id}`,
          afterSeq,
        }),
      ),
    );
    const kinds = outcomes.map((outcome) => outcome.kind).sort();
    expect(kinds).toEqual(["conversation_moved", "enqueued"]);
    const moved = outcomes.find((outcome) => outcome.kind === "conversation_moved");
    const won = outcomes.find((outcome) => outcome.kind === "enqueued");
    expect(moved?.kind === "conversation_moved" && moved.messages.map((m) => m.id)).toEqual([
      won?.kind === "enqueued" && won.message.id,
    ]);
    const stored = await deps.db
      .select()
      .from(messages)
      .where(sql`${messages.conversationId} = ${conversationId} and ${messages.direction} = 'out'`);
    expect(stored).toHaveLength(1);
  });

  it("a customer who wrote meanwhile stops the answer, unless it is forced", async () => {
    const { deps, ada, acting, workspace, conversation, conversationId } = await scene();
    const { seq: afterSeq } = await addMessage(deps, workspace, conversation);
    await addMessage(deps, workspace, conversation, { body: "Ah non, pardon" });
    const reply = { acting: acting(ada.id), conversationId, body: "D’accord", afterSeq };
    expect(await replyToConversation(deps, reply)).toMatchObject({
      kind: "conversation_moved",
      messages: [{ body: "Ah non, pardon" }],
    });
    expect(await replyToConversation(deps, { ...reply, force: true })).toMatchObject({
      kind: "enqueued",
    });
  });

  it("one's own messages never stop one, nor do automatic ones", async () => {
    const { deps, ada, acting, workspace, conversation, conversationId } = await scene();
    const mine = { direction: "out" as const, authorUserId: ada.id };
    await addMessage(deps, workspace, conversation, mine);
    const automatic = { direction: "out" as const, notificationId: deps.chance.uuid() };
    await addMessage(deps, workspace, conversation, automatic);
    const reply = { acting: acting(ada.id), conversationId, body: "Encore moi", afterSeq: 0 };
    expect(await replyToConversation(deps, reply)).toMatchObject({ kind: "enqueued" });
  });

  it("is not found from another workspace, nor without the right to see its number", async () => {
    const { deps, ada, acting, conversationId } = await scene();
    const reply = { conversationId, body: "Bonjour" };
    expect(await replyToConversation(deps, { ...reply, acting: await stranger(deps) })).toEqual({
      kind: "conversation_not_found",
    });
    const blind = { ...acting(ada.id), integrations: [] };
    expect(await replyToConversation(deps, { ...reply, acting: blind })).toEqual({
      kind: "conversation_not_found",
    });
    expect(deps.changes).toEqual([]);
  });

  it("a person who opted out is not written to", async () => {
    const { deps, ada, acting, workspace, conversation, conversationId } = await scene();
    await deps.db.insert(consents).values({
      workspaceId: workspace.workspaceId,
      personId: conversation.personId,
      integrationId: workspace.integration.id,
      channel: "sms",
      address: conversation.address,
      state: "opted_out",
      source: "keyword",
      words: "STOP",
      at: deps.clock.now(),
    });
    const reply = { acting: acting(ada.id), conversationId, body: "Bonjour" };
    expect(await replyToConversation(deps, reply)).toMatchObject({
      kind: "refused",
      code: "opted_out",
    });
    const detail = await conversationDetail(deps.db, acting(ada.id), {
      id: conversationId,
      userId: ada.id,
      now: deps.clock.now(),
    });
    expect(detail).toMatchObject({ isOptedOut: true, optedOutAt: "2026-11-20T09:00:00.000Z" });
  });
});

describe("start a conversation", () => {
  const typed = "06 12 34 56 78";

  it("R409 R410 a typed national number becomes a person, a conversation and a first message", async () => {
    const { deps, ada, acting, workspace } = await scene();
    const outcome = await startConversation(deps, {
      acting: acting(ada.id),
      to: { phone: typed },
      from: { integrationId: workspace.integration.id },
      body: "Votre vélo est prêt",
    });
    expect(outcome).toMatchObject({ kind: "started", message: { status: "queued", seq: 1 } });
    if (outcome.kind !== "started") return;
    const [card] = await cardsByIds(deps.db, acting(ada.id), {
      ids: [outcome.conversationId],
      userId: ada.id,
    });
    expect(card).toMatchObject({
      person: { address: "+33612345678", name: null },
      assignee: { id: ada.id },
      state: "open",
      unread: 0,
    });
  });

  it("R409 ten at once to the same new number make one person and one conversation, in order", async () => {
    const { deps, ada, acting, workspace } = await scene();
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        startConversation(deps, {
          acting: acting(ada.id),
          to: { phone: n % 2 ? typed : "+33612345678" },
          from: { integrationId: workspace.integration.id },
          body: `Message ${n}`,
          idempotencyKey: `start-${n}`,
        }),
      ),
    );
    const started = outcomes.flatMap((o) => (o.kind === "started" ? [o] : []));
    expect(started).toHaveLength(10);
    expect(new Set(started.map((o) => o.conversationId)).size).toBe(1);
    expect(started.map((o) => o.message.seq).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  it("R409 the same call again changes nothing", async () => {
    const { deps, ada, acting, workspace } = await scene();
    const start = {
      acting: acting(ada.id),
      to: { phone: typed },
      from: { integrationId: workspace.integration.id },
      body: "Bonjour",
      idempotencyKey: "k",
    };
    const one = await startConversation(deps, start);
    const two = await startConversation(deps, start);
    expect(two).toMatchObject({ kind: "started", isReplay: true });
    expect(one.kind === "started" && one.message.id).toBe(two.kind === "started" && two.message.id);
  });

  it("R413 an invalid number is refused in words and leaves no trace", async () => {
    const { deps, ada, acting, workspace } = await scene();
    const people = () =>
      deps.db.select().from(persons).where(eq(persons.workspaceId, workspace.workspaceId));
    const before = (await people()).length;
    const start = { acting: acting(ada.id), from: { integrationId: workspace.integration.id } };
    expect(
      await startConversation(deps, { ...start, to: { phone: "12" }, body: "Bonjour" }),
    ).toMatchObject({ kind: "refused", code: "invalid_phone_number" });
    expect(
      await startConversation(deps, { ...start, to: { phone: typed }, body: "" }),
    ).toMatchObject({ kind: "refused" });
    expect((await people()).length).toBe(before);
  });

  it("a number of another workspace, or one that may not be seen, is not found", async () => {
    const { deps, ada, acting, workspace } = await scene();
    const other = await createWorkspace(deps);
    const start = { to: { phone: typed }, body: "Bonjour" };
    for (const [scope, integrationId] of [
      [acting(ada.id), other.integration.id],
      [{ ...acting(ada.id), integrations: [] }, workspace.integration.id],
    ] as const) {
      expect(
        await startConversation(deps, { ...start, acting: scope, from: { integrationId } }),
      ).toEqual({ kind: "integration_not_found" });
    }
  });

  it("writing to somebody whose conversation is resolved opens it again", async () => {
    const { deps, ada, acting, workspace, conversation, conversationId } = await scene();
    await setConversationState(deps, { acting: acting(ada.id), conversationId, state: "resolved" });
    await startConversation(deps, {
      acting: acting(ada.id),
      to: { personId: conversation.personId },
      from: { channel: "sms" },
      body: "Une dernière chose",
    });
    expect((await row(deps, conversationId)).state).toBe("open");
    const kinds = (await linesOf(deps, conversationId)).map((line) => line.kind);
    expect(kinds).toEqual(["resolved", "reopened"]);
    expect(workspace.integration.id).toBe((await row(deps, conversationId)).integrationId);
  });
});

describe("assign", () => {
  it("gives a conversation to a colleague and back to nobody, with a line each", async () => {
    const { deps, ada, bob, acting, conversationId } = await scene();
    const target = { acting: acting(ada.id), conversationId };
    expect(await assignConversation(deps, { ...target, assigneeId: bob.id })).toEqual({
      kind: "done",
      changed: true,
    });
    expect(await assignConversation(deps, { ...target, assigneeId: null })).toEqual({
      kind: "done",
      changed: true,
    });
    const lines = await linesOf(deps, conversationId);
    expect(lines).toMatchObject([
      { kind: "assigned", actorUserId: ada.id, data: { assigneeId: bob.id, assigneeName: "Bob" } },
      { kind: "unassigned", data: { assigneeId: bob.id } },
    ]);
    expect((await row(deps, conversationId)).revision).toBe(3);
    expect(deps.changes).toHaveLength(2);
  });

  it("the same again changes and tells nothing", async () => {
    const { deps, ada, bob, acting, conversationId } = await scene();
    const target = { acting: acting(ada.id), conversationId, assigneeId: bob.id };
    await assignConversation(deps, target);
    expect(await assignConversation(deps, target)).toEqual({ kind: "done", changed: false });
    expect(await linesOf(deps, conversationId)).toHaveLength(1);
    expect(deps.changes).toHaveLength(1);
  });

  it("refuses members, strangers and those who may not see the number", async () => {
    const { deps, ada, bob, acting, workspace } = await scene();
    const hidden = await createIntegration(deps, workspace, { isVisibleToAll: false });
    const secret = await createConversation(deps, workspace, { integrationId: hidden.id });
    const member = await createUser(deps, workspace.workspaceId, "member");
    const boss = await createUser(deps, workspace.workspaceId, "admin");
    const outsider = await stranger(deps);
    const outsiderId = outsider.actor.kind === "user" ? outsider.actor.userId : "";
    const give = (assigneeId: string) =>
      assignConversation(deps, {
        acting: acting(ada.id),
        conversationId: secret.id,
        assigneeId,
      });
    expect(await give(member.id)).toEqual({ kind: "assignee_not_found" });
    expect(await give(outsiderId)).toEqual({ kind: "assignee_not_found" });
    expect(await give(bob.id)).toEqual({ kind: "assignee_cannot_see", name: "Bob" });
    expect(await give(boss.id)).toEqual({ kind: "done", changed: true });
    expect(
      await assignConversation(deps, {
        acting: outsider,
        conversationId: secret.id,
        assigneeId: null,
      }),
    ).toEqual({ kind: "conversation_not_found" });
  });
});

describe("resolve and reopen", () => {
  it("resolving ends the wait; both keep a line; the same again does nothing", async () => {
    const { deps, ada, acting, conversationId } = await scene();
    await deps.db
      .update(conversations)
      .set({ waitingSince: deps.clock.now() })
      .where(eq(conversations.id, conversationId));
    const set = (state: "open" | "resolved") =>
      setConversationState(deps, { acting: acting(ada.id), conversationId, state });
    expect(await set("open")).toEqual({ kind: "done", changed: false });
    expect(await set("resolved")).toEqual({ kind: "done", changed: true });
    expect(await set("resolved")).toEqual({ kind: "done", changed: false });
    expect(await row(deps, conversationId)).toMatchObject({
      state: "resolved",
      waitingSince: null,
    });
    expect(await set("open")).toEqual({ kind: "done", changed: true });
    const kinds = (await linesOf(deps, conversationId)).map((line) => line.kind);
    expect(kinds).toEqual(["resolved", "reopened"]);
  });

  it("two agents who resolve at once leave one line", async () => {
    const { deps, ada, bob, acting, conversationId } = await scene();
    await Promise.all(
      [ada, bob].map((user) =>
        setConversationState(deps, { acting: acting(user.id), conversationId, state: "resolved" }),
      ),
    );
    expect(await linesOf(deps, conversationId)).toHaveLength(1);
  });

  it("is not found from another workspace", async () => {
    const { deps, conversationId } = await scene();
    const acting = await stranger(deps);
    const outcome = await setConversationState(deps, { acting, conversationId, state: "resolved" });
    expect(outcome).toEqual({ kind: "conversation_not_found" });
    expect((await row(deps, conversationId)).state).toBe("open");
  });
});

describe("priority and labels", () => {
  it("priority changes once, with a line", async () => {
    const { deps, ada, acting, conversationId } = await scene();
    const input = { acting: acting(ada.id), conversationId, priority: "urgent" as const };
    expect(await setPriority(deps, input)).toEqual({ kind: "done", changed: true });
    expect(await setPriority(deps, input)).toEqual({ kind: "done", changed: false });
    expect(await linesOf(deps, conversationId)).toMatchObject([
      { kind: "priority", data: { from: "normal", to: "urgent" } },
    ]);
    expect(await setPriority(deps, { ...input, acting: await stranger(deps) })).toEqual({
      kind: "conversation_not_found",
    });
  });

  it("labels are replaced as a whole; one of another workspace changes nothing", async () => {
    const { deps, ada, acting, workspace, conversationId } = await scene();
    const other = await createWorkspace(deps);
    const ids = [deps.chance.uuid(), deps.chance.uuid(), deps.chance.uuid()] as const;
    await deps.db.insert(labels).values([
      { id: ids[0], workspaceId: workspace.workspaceId, name: "Location" },
      { id: ids[1], workspaceId: workspace.workspaceId, name: "Facture" },
      { id: ids[2], workspaceId: other.workspaceId, name: "Ailleurs" },
    ]);
    const put = (labelIds: readonly string[]) =>
      setLabels(deps, { acting: acting(ada.id), conversationId, labelIds });
    const namesOf = async () => {
      const [card] = await cardsByIds(deps.db, acting(ada.id), {
        ids: [conversationId],
        userId: ada.id,
      });
      return card?.labels.map((label) => label.name);
    };
    expect(await put([ids[0], ids[1], ids[1]])).toEqual({ kind: "done", changed: true });
    expect(await namesOf()).toEqual(["Facture", "Location"]);
    expect(await put([ids[2]])).toEqual({ kind: "label_not_found", labelIds: [ids[2]] });
    expect(await namesOf()).toEqual(["Facture", "Location"]);
    await put([ids[1]]);
    expect(await namesOf()).toEqual(["Facture"]);
  });
});

describe("read state", () => {
  const unreadOf = async (s: Awaited<ReturnType<typeof scene>>, userId: string) => {
    const [card] = await cardsByIds(s.deps.db, s.acting(userId), {
      ids: [s.conversationId],
      userId,
    });
    return card?.unread;
  };

  it("is each agent's own; a late call never takes it back", async () => {
    const s = await scene();
    for (let n = 0; n < 3; n += 1) await addMessage(s.deps, s.workspace, s.conversation);
    expect(await unreadOf(s, s.ada.id)).toBe(3);
    const read = (seq: number) =>
      markRead(s.deps, {
        scope: s.acting(s.ada.id),
        userId: s.ada.id,
        conversationId: s.conversationId,
        seq,
      });
    expect(await read(2)).toEqual({ kind: "done", lastReadSeq: 2, unread: 1 });
    expect(await read(99)).toEqual({ kind: "done", lastReadSeq: 3, unread: 0 });
    expect(await read(1)).toEqual({ kind: "done", lastReadSeq: 3, unread: 0 });
    expect(await unreadOf(s, s.ada.id)).toBe(0);
    expect(await unreadOf(s, s.bob.id)).toBe(3);
    expect(s.deps.changes.every((change) => change.kind === "read")).toBe(true);
  });

  it("mark unread brings the last message back, for one agent", async () => {
    const s = await scene();
    const input = {
      scope: s.acting(s.ada.id),
      userId: s.ada.id,
      conversationId: s.conversationId,
    };
    expect(await markUnread(s.deps, input)).toEqual({ kind: "nothing_to_mark" });
    await addMessage(s.deps, s.workspace, s.conversation);
    await addMessage(s.deps, s.workspace, s.conversation, { direction: "out" });
    await markRead(s.deps, { ...input, seq: 2 });
    await markRead(s.deps, { ...input, userId: s.bob.id, seq: 2 });
    expect(await markUnread(s.deps, input)).toEqual({ kind: "done", lastReadSeq: 0, unread: 1 });
    expect(await unreadOf(s, s.ada.id)).toBe(1);
    expect(await unreadOf(s, s.bob.id)).toBe(0);
  });

  it("is not found from another workspace", async () => {
    const s = await scene();
    const acting = await stranger(s.deps);
    const input = { scope: acting, userId: s.ada.id, conversationId: s.conversationId };
    expect(await markRead(s.deps, { ...input, seq: 1 })).toEqual({
      kind: "conversation_not_found",
    });
    expect(await markUnread(s.deps, input)).toEqual({ kind: "conversation_not_found" });
  });

  it("who joins later starts with what came since", async () => {
    const s = await scene();
    for (let n = 0; n < 5; n += 1) await addMessage(s.deps, s.workspace, s.conversation);
    s.deps.clock.advance(60_000);
    const late = await createUser(s.deps, s.workspace.workspaceId, "agent", "Zoé");
    expect(await unreadOf(s, late.id)).toBe(0);
    s.deps.clock.advance(60_000);
    await addMessage(s.deps, s.workspace, s.conversation);
    expect(await unreadOf(s, late.id)).toBe(1);
    expect(await unreadOf(s, s.ada.id)).toBe(6);
  });
});

describe("a thread", () => {
  it("comes in pages without gap or double, with its activities, scheduled messages last", async () => {
    const s = await scene();
    for (let n = 1; n <= 120; n += 1) {
      await addMessage(s.deps, s.workspace, s.conversation, { body: `n° ${n}` });
      if (n % 40 === 0) {
        const priority = n === 40 ? "high" : n === 80 ? "low" : "urgent";
        const { deps, conversationId } = s;
        await setPriority(deps, { acting: s.acting(s.ada.id), conversationId, priority });
      }
    }
    const later = new Date(s.deps.clock.now().getTime() + 3_600_000);
    await replyToConversation(s.deps, {
      acting: s.acting(s.ada.id),
      conversationId: s.conversationId,
      body: "Demain",
      sendAt: later,
    });
    const scope = s.acting(s.ada.id);
    const seen: (number | null)[] = [];
    const lines: number[] = [];
    let before: number | null = null;
    do {
      const page = await threadPage(s.deps.db, scope, {
        conversationId: s.conversationId,
        before,
      });
      seen.unshift(...page.messages.map((message) => message.seq));
      lines.unshift(...page.activities.map((activity) => activity.afterSeq));
      before = page.olderCursor;
    } while (before !== null);
    expect(seen).toEqual([...Array.from({ length: 120 }, (_, n) => n + 1), null]);
    expect(lines).toEqual([40, 80, 120]);
  });
});
