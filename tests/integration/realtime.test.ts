import postgres from "postgres";
import { afterEach, describe, expect, it } from "vitest";
import { countUnread } from "../../db/queries/notifications";
import { markRead } from "../../lib/conversations/mark-read";
import type { LiveEvent } from "../../lib/domain/inbox";
import type { VisibleIntegrations } from "../../lib/domain/viewer";
import { readNotifications } from "../../lib/notifications/read-notifications";
import type { Change } from "../../lib/ports/realtime";
import { createAnnouncer } from "../../lib/realtime/announcer";
import { createHub, type Hub, type HubClient } from "../../lib/realtime/hub";
import { addMessage, createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { anAlert, raise } from "../support/notifications";
import {
  createIntegration,
  createUser,
  createWorkspace,
  type TestWorkspace,
} from "../support/workspace";

const database = openTestDatabase();

/** A client whose events can be awaited one by one. */
class Screen implements HubClient {
  readonly events: LiveEvent[] = [];
  isClosed = false;
  isAllowed = true;
  keepsUp = true;
  private waiting: (() => void)[] = [];
  readonly viewer: HubClient["viewer"];
  constructor(
    workspace: Pick<TestWorkspace, "workspaceId">,
    userId: string,
    integrations: VisibleIntegrations = "all",
    more: Partial<HubClient["viewer"]> = {},
  ) {
    const { workspaceId } = workspace;
    this.viewer = {
      workspaceId,
      integrations,
      userId,
      personId: userId,
      readsInbox: true,
      ...more,
    };
  }
  send(encoded: Uint8Array) {
    const events = decodeEvents(encoded);
    if (!this.keepsUp && events.some(({ type }) => type !== "cursor")) return false;
    this.events.push(...events);
    this.wake();
    return true;
  }
  close() {
    this.isClosed = true;
    this.wake();
  }
  async isStillAllowed() {
    return this.isAllowed;
  }
  /** The first event, past or to come, of that type. */
  async next<T extends LiveEvent["type"]>(type: T): Promise<Extract<LiveEvent, { type: T }>> {
    const found = this.events.find((event) => event.type === type);
    if (found) return found as Extract<LiveEvent, { type: T }>;
    await this.change();
    return this.next(type);
  }
  /** The first event about that conversation, past or to come. */
  async nextAbout(conversationId: string): Promise<void> {
    const isAbout = (event: LiveEvent) =>
      event.type === "conversation" && event.card.id === conversationId;
    while (!this.events.some(isAbout)) await this.change();
  }
  async closed(): Promise<void> {
    if (this.isClosed) return;
    await this.change();
    return this.closed();
  }
  private change() {
    return new Promise<void>((resolve) => this.waiting.push(resolve));
  }
  private wake() {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function decodeEvents(encoded: Uint8Array): LiveEvent[] {
  const blocks = new TextDecoder().decode(encoded).split("\n\n").slice(0, -1);
  return blocks.map((block) => JSON.parse(block.slice(block.indexOf("data: ") + 6)) as LiveEvent);
}

const hubs: Hub[] = [];
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

function openHub() {
  const base = testDeps(database);
  const hub = createHub({ ...base, listenUrl: database.url });
  hubs.push(hub);
  return { hub, deps: { ...base, realtime: createAnnouncer(base) } };
}

function changeOf(
  { workspaceId }: Pick<TestWorkspace, "workspaceId">,
  { id }: { id: string },
  messageIds: readonly string[] = [],
): Change {
  return { kind: "conversation", workspaceId, conversationId: id, messageIds };
}

async function screenOf(hub: Hub, ...args: ConstructorParameters<typeof Screen>) {
  const screen = new Screen(...args);
  await hub.connect(screen);
  return screen;
}

describe("live updates", () => {
  it("R407 a new message reaches every agent as a card and a message, each with their own unread", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const ada = await createUser(deps, workspace.workspaceId, "agent", "Ada");
    const bob = await createUser(deps, workspace.workspaceId, "agent", "Bob");
    const conversation = await createConversation(deps, workspace, { name: "Claire" });
    const first = await addMessage(deps, workspace, conversation);
    await markRead(deps, {
      scope: { workspaceId: workspace.workspaceId, integrations: "all" },
      userId: bob.id,
      conversationId: conversation.id,
      seq: first.seq,
    });
    await deps.realtime.flush();
    const second = await addMessage(deps, workspace, conversation, { body: "Vous êtes là ?" });
    const screens = [
      await screenOf(hub, workspace, ada.id),
      await screenOf(hub, workspace, bob.id),
    ];
    deps.realtime.announce([
      {
        kind: "conversation",
        workspaceId: workspace.workspaceId,
        conversationId: conversation.id,
        messageIds: [second.id],
      },
    ]);
    const [forAda, forBob] = await Promise.all(screens.map((s) => s.next("conversation")));
    expect(forAda?.messages.map((message) => message.body)).toEqual(["Vous êtes là ?"]);
    expect(forAda?.card).toMatchObject({ person: { name: "Claire" }, unread: 2, lastSeq: 2 });
    expect(forBob?.card.unread).toBe(1);
  });

  it("a burst is told once, with all of its messages", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const conversation = await createConversation(deps, workspace);
    const screen = await screenOf(hub, workspace, user.id);
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      ids.push((await addMessage(deps, workspace, conversation)).id);
    }
    for (const id of ids) deps.realtime.announce([changeOf(workspace, conversation, [id])]);
    const { messages } = await screen.next("conversation");
    expect(messages.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const last = await createConversation(deps, workspace);
    deps.realtime.announce([changeOf(workspace, last)]);
    await screen.nextAbout(last.id);
    expect(screen.events.filter((event) => event.type === "conversation")).toHaveLength(2);
  });

  it("of more than is read at once, every screen gets each, with its own unread", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const first = await createUser(deps, workspace.workspaceId, "agent");
    const heard = { inboundCount: 7, lastSeq: 7, lastInboundAt: deps.clock.now() };
    const old = await createConversation(deps, workspace, heard);
    deps.clock.advance(1000);
    const joinedLater = await createUser(deps, workspace.workspaceId, "agent");
    const fresh = await Promise.all(
      Array.from({ length: 230 }, () =>
        createConversation(deps, workspace, { inboundCount: 1, lastInboundAt: deps.clock.now() }),
      ),
    );
    const late = await screenOf(hub, workspace, joinedLater.id);
    const early = [
      await screenOf(hub, workspace, first.id),
      await screenOf(hub, workspace, first.id),
    ];
    const all = [old, ...fresh];
    deps.realtime.announce(all.map((conversation) => changeOf(workspace, conversation)));
    for (const screen of [late, ...early]) {
      for (const { id } of all) await screen.nextAbout(id);
      const events = screen.events.filter((event) => event.type === "conversation");
      expect(events).toHaveLength(all.length);
      const unread = new Map(events.map(({ card }) => [card.id, card.unread]));
      expect(unread.get(old.id)).toBe(screen === late ? 0 : 7);
      expect(fresh.map(({ id }) => unread.get(id))).toEqual(fresh.map(() => 1));
    }
  });

  it("what is announced while a notice is on its way is sent by the same flush", async () => {
    const { deps } = openHub();
    const workspace = await createWorkspace(deps);
    const sent: string[] = [];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const sql = new Proxy(database.sql, {
      apply: async (target, self, args) => {
        sent.push(JSON.stringify(args));
        if (sent.length === 1) await held;
        return Reflect.apply(target, self, args);
      },
    });
    const announcer = createAnnouncer({ sql, log: deps.log });
    const [first, second] = [deps.chance.uuid(), deps.chance.uuid()];
    announcer.announce([changeOf(workspace, { id: first })]);
    const flushes = [announcer.flush()];
    announcer.announce([changeOf(workspace, { id: second })]);
    flushes.push(announcer.flush());
    letGo();
    await Promise.all(flushes);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toContain(first);
    expect(sent[1]).toContain(second);
  });

  it("R402 a screen is told of its workspace and of the numbers it may see, and nothing else", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const other = await createWorkspace(deps);
    const hidden = await createIntegration(deps, workspace, { isVisibleToAll: false });
    const agent = await createUser(deps, workspace.workspaceId, "agent");
    const stranger = await createUser(deps, other.workspaceId, "owner");
    const secret = await createConversation(deps, workspace, { integrationId: hidden.id });
    const open = await createConversation(deps, workspace);
    const narrow = await screenOf(hub, workspace, agent.id, [workspace.integration.id]);
    const foreign = await screenOf(hub, other, stranger.id);
    const { workspaceId } = workspace;
    for (const { id } of [secret, open]) {
      deps.realtime.announce([
        { kind: "conversation", workspaceId, conversationId: id, messageIds: [] },
      ]);
    }
    const theirs = await createConversation(deps, other);
    deps.realtime.announce([
      {
        kind: "conversation",
        workspaceId: other.workspaceId,
        conversationId: theirs.id,
        messageIds: [],
      },
    ]);
    const seen = await narrow.next("conversation");
    const seenElsewhere = await foreign.next("conversation");
    expect(seen.card.id).toBe(open.id);
    expect(seenElsewhere.card.id).toBe(theirs.id);
    for (const screen of [narrow, foreign]) {
      expect(screen.events.filter((event) => event.type === "conversation")).toHaveLength(1);
    }
  });

  it("an id of another workspace under a wrong name finds nothing", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const other = await createWorkspace(deps);
    const user = await createUser(deps, workspace.workspaceId, "owner");
    const theirs = await createConversation(deps, other);
    const mine = await createConversation(deps, workspace);
    const screen = await screenOf(hub, workspace, user.id);
    const { workspaceId } = workspace;
    for (const { id } of [theirs, mine]) {
      deps.realtime.announce([
        { kind: "conversation", workspaceId, conversationId: id, messageIds: [] },
      ]);
    }
    expect((await screen.next("conversation")).card.id).toBe(mine.id);
    expect(screen.events.filter((event) => event.type === "conversation")).toHaveLength(1);
  });

  it("what an agent reads is told to their own screens only", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const ada = await createUser(deps, workspace.workspaceId, "agent");
    const bob = await createUser(deps, workspace.workspaceId, "agent");
    const conversation = await createConversation(deps, workspace);
    const { seq } = await addMessage(deps, workspace, conversation);
    const adas = await screenOf(hub, workspace, ada.id);
    const bobs = await screenOf(hub, workspace, bob.id);
    const { workspaceId } = workspace;
    await markRead(deps, {
      scope: { workspaceId, integrations: "all" },
      userId: ada.id,
      conversationId: conversation.id,
      seq,
    });
    expect(await adas.next("read")).toEqual({
      type: "read",
      conversationId: conversation.id,
      userId: ada.id,
      lastReadSeq: 1,
      unread: 0,
    });
    deps.realtime.announce([
      { kind: "conversation", workspaceId, conversationId: conversation.id, messageIds: [] },
    ]);
    await bobs.next("conversation");
    expect(bobs.events.some((event) => event.type === "read")).toBe(false);
  });

  it("R211 the bell tells its person alone how many are unread, and a member nothing of the inbox", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const { workspaceId } = workspace;
    const ada = await createUser(deps, workspaceId, "member");
    const bob = await createUser(deps, workspaceId, "agent");
    const screens = {
      ada: new Screen(workspace, ada.id, "all", { personId: ada.personId, readsInbox: false }),
      adasOther: new Screen(workspace, ada.id, "all", {
        personId: ada.personId,
        readsInbox: false,
      }),
      bob: new Screen(workspace, bob.id, "all", { personId: bob.personId }),
    };
    for (const screen of Object.values(screens)) await hub.connect(screen);
    const told = { channels: ["web" as const], recipient: { userId: ada.id } };
    await raise(deps, workspaceId, anAlert(ada.personId, told));
    expect(await screens.ada.next("bell")).toEqual({ type: "bell", unread: 1 });
    expect(await screens.adasOther.next("bell")).toEqual({ type: "bell", unread: 1 });
    await deps.realtime.flush();
    for (const screen of Object.values(screens)) screen.events.length = 0;
    await readNotifications(deps, { workspaceId, personId: ada.personId, ids: null });
    expect(await screens.adasOther.next("bell")).toEqual({ type: "bell", unread: 0 });
    const conversation = await createConversation(deps, workspace);
    deps.realtime.announce([changeOf(workspace, conversation)]);
    await screens.bob.next("conversation");
    expect(screens.bob.events.some(({ type }) => type === "bell")).toBe(false);
    expect(screens.ada.events.some(({ type }) => type === "conversation")).toBe(false);
  });

  it("nobody reads another's notifications", async () => {
    const { deps } = openHub();
    const workspace = await createWorkspace(deps);
    const { workspaceId } = workspace;
    const ada = await createUser(deps, workspaceId, "member");
    const bob = await createUser(deps, workspaceId, "member");
    const [raised] = await raise(
      deps,
      workspaceId,
      anAlert(ada.personId, { channels: ["web"], recipient: { userId: ada.id } }),
    );
    const ids = [raised?.notification.id ?? ""];
    await readNotifications(deps, { workspaceId, personId: bob.personId, ids });
    expect(await countUnread(deps.db, { workspaceId, personId: ada.personId })).toBe(1);
    await readNotifications(deps, { workspaceId, personId: ada.personId, ids });
    expect(await countUnread(deps.db, { workspaceId, personId: ada.personId })).toBe(0);
  });

  it("a change of somebody's access ends their streams and nobody else's", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const ada = await createUser(deps, workspace.workspaceId, "agent");
    const bob = await createUser(deps, workspace.workspaceId, "agent");
    const adas = await screenOf(hub, workspace, ada.id);
    const bobs = await screenOf(hub, workspace, bob.id);
    deps.realtime.announce([{ kind: "access", userId: ada.id }]);
    await adas.closed();
    expect(bobs.isClosed).toBe(false);
  });

  it("rights that were lost while the stream was being opened end it", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const screen = new Screen(workspace, user.id);
    screen.isAllowed = false;
    await hub.connect(screen);
    expect(screen.isClosed).toBe(true);
  });

  it("screens resync when the listening connection was lost, and rights are looked at anew", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const ada = await createUser(deps, workspace.workspaceId, "agent");
    const adas = await screenOf(hub, workspace, ada.id);
    const gone = await screenOf(hub, workspace, ada.id);
    gone.isAllowed = false;
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'carillon-listen' and datname = current_database()`;
    await adas.next("resync");
    await gone.closed();
    const conversation = await createConversation(deps, workspace);
    const { workspaceId } = workspace;
    deps.realtime.announce([
      { kind: "conversation", workspaceId, conversationId: conversation.id, messageIds: [] },
    ]);
    expect((await adas.next("conversation")).card.id).toBe(conversation.id);
    expect(adas.isClosed).toBe(false);
  });

  it("a screen that cannot keep up is dropped and the others go on", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const slow = await screenOf(hub, workspace, user.id);
    slow.keepsUp = false;
    const quick = await screenOf(hub, workspace, user.id);
    const conversation = await createConversation(deps, workspace);
    const { workspaceId } = workspace;
    deps.realtime.announce([
      { kind: "conversation", workspaceId, conversationId: conversation.id, messageIds: [] },
    ]);
    await quick.next("conversation");
    await slow.closed();
    expect(deps.lines.some((line) => line.message.includes("too slow"))).toBe(true);
  });

  it("what is announced while the database is away is told when it is back", async () => {
    const { hub, deps } = openHub();
    const workspace = await createWorkspace(deps);
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const conversation = await createConversation(deps, workspace);
    const screen = await screenOf(hub, workspace, user.id);
    const broken = postgres("postgres://nobody@127.0.0.1:1/none", { connect_timeout: 1 });
    let target = broken;
    const sql = new Proxy(database.sql, {
      apply: (_, self, args) => Reflect.apply(target, self, args),
    });
    const announcer = createAnnouncer({ sql, log: deps.log });
    const { workspaceId } = workspace;
    announcer.announce([
      { kind: "conversation", workspaceId, conversationId: conversation.id, messageIds: [] },
    ]);
    await announcer.flush();
    expect(deps.lines.some((line) => line.message.includes("wait for the database"))).toBe(true);
    target = database.sql;
    await announcer.flush();
    expect((await screen.next("conversation")).card.id).toBe(conversation.id);
    await broken.end({ timeout: 0 });
  });
});
