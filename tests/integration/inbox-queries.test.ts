import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { answerStatus } from "../../app/api/webhooks/twilio/status/door";
import type { Database } from "../../db/client";
import {
  findAnswerable,
  findAnsweringConversation,
  findLastWrittenTo,
  findLocaleOf,
  findOfferedList,
  findQuotedMessage,
} from "../../db/queries/answerable";
import { cardsByIds, listCards } from "../../db/queries/cards";
import { conversationDetail } from "../../db/queries/conversations";
import { listSpending } from "../../db/queries/costs";
import { countViews, listAssignees, listSenders } from "../../db/queries/counts";
import { decodeCursor } from "../../db/queries/cursor";
import { listMessages } from "../../db/queries/messages";
import { listContacts } from "../../db/queries/persons";
import { findInboundOnlyAccounts, findUnpriced } from "../../db/queries/system/costs";
import { findIdleAccounts } from "../../db/queries/system/outbox";
import { recentActivities } from "../../db/queries/thread-activities";
import { messagesByIds, othersMessagesAfter, threadPage } from "../../db/queries/threads";
import { readStates } from "../../db/queries/unread";
import * as schema from "../../db/schema";
import { putRead, takeReadBack } from "../../db/writes/reads";
import type { Scope } from "../../lib/domain/viewer";
import { INBOX_VIEWS } from "../../lib/domain/words";
import { mintWorkspaceId } from "../../lib/domain/workspace-id";
import { fetchOwedMedia } from "../../lib/inbound/fetch-owed-media";
import {
  BULK_LONG_CONVERSATION,
  BULK_READER,
  BULK_WORKSPACE,
  conversationOf,
  fillInbox,
} from "../../scripts/bench/inbox-data";
import { addMessage, createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { messageSid, signedRequest, smsFields } from "../support/twilio-request";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

const database = openTestDatabase();

describe("the inbox's lists", () => {
  async function scene() {
    const deps = testDeps(database);
    const workspace = await createWorkspace(deps);
    const user = await createUser(deps, workspace.workspaceId, "agent", "Ada");
    const scope: Scope = { workspaceId: workspace.workspaceId, integrations: "all" };
    return { deps, workspace, user, scope };
  }

  it("each view shows what belongs to it, last activity first, and its count agrees", async () => {
    const { deps, workspace, user, scope } = await scene();
    const add = async (values: Parameters<typeof createConversation>[2]) => {
      deps.clock.advance(1000);
      return (await createConversation(deps, workspace, values)).id;
    };
    const mine = await add({ assigneeId: user.id });
    const free = await add({});
    const pending = await add({ state: "pending" });
    const resolved = await add({ state: "resolved", assigneeId: user.id });
    await add({ state: "snoozed" });
    await add({ isListed: false });
    const ids = async (view: (typeof INBOX_VIEWS)[number]) =>
      (await listCards(deps.db, scope, { view, userId: user.id })).cards.map((card) => card.id);
    expect(await ids("mine")).toEqual([mine]);
    expect(await ids("unassigned")).toEqual([pending, free]);
    expect(await ids("all")).toEqual([pending, free, mine]);
    expect(await ids("resolved")).toEqual([resolved]);
    expect(await countViews(deps.db, scope, user.id)).toEqual({
      mine: 1,
      unassigned: 2,
      all: 3,
      resolved: 1,
    });
  });

  it("pages without gap or double, also where many share one moment", async () => {
    const { deps, workspace, user, scope } = await scene();
    for (let n = 0; n < 11; n += 1) {
      if (n % 4 === 0) deps.clock.advance(1000);
      await createConversation(deps, workspace);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listCards(deps.db, scope, {
        view: "all",
        userId: user.id,
        limit: 3,
        cursor: cursor ? decodeCursor(cursor) : null,
      });
      seen.push(...page.cards.map((card) => card.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(11);
    expect(new Set(seen).size).toBe(11);
  });

  it("R402 shows nothing of another workspace nor of a number one may not see", async () => {
    const { deps, workspace, user, scope } = await scene();
    const hidden = await createIntegration(deps, workspace, { isVisibleToAll: false });
    const secret = await createConversation(deps, workspace, { integrationId: hidden.id });
    const open = await createConversation(deps, workspace);
    const { id: messageId } = await addMessage(deps, workspace, secret);
    const narrow: Scope = { ...scope, integrations: [workspace.integration.id] };
    const other = await createWorkspace(deps);
    const foreign: Scope = { workspaceId: other.workspaceId, integrations: "all" };
    const nothing: Scope = { ...scope, integrations: [] };
    const list = async (of: Scope) =>
      (await listCards(deps.db, of, { view: "all", userId: user.id })).cards.map((c) => c.id);
    expect(await list(narrow)).toEqual([open.id]);
    expect(await list(foreign)).toEqual([]);
    expect(await list(nothing)).toEqual([]);
    for (const of of [narrow, foreign, nothing]) {
      const input = { id: secret.id, userId: user.id, now: deps.clock.now() };
      expect(await conversationDetail(deps.db, of, input)).toBeNull();
      expect(await messagesByIds(deps.db, of, [messageId])).toEqual([]);
      expect((await listSenders(deps.db, of, user.id)).map((s) => s.id)).not.toContain(hidden.id);
      expect((await countViews(deps.db, of, user.id)).all).toBeLessThan(2);
    }
    expect((await listSenders(deps.db, scope, user.id)).map((s) => s.id)).toContain(hidden.id);
  });

  it("finds a person by name without accents, by company, by any writing of the number", async () => {
    const { deps, workspace, user, scope } = await scene();
    const wanted = await createConversation(deps, workspace, {
      name: "Éléonore Cœur",
      address: "+33612345678",
      state: "resolved",
    });
    await createConversation(deps, workspace, { name: "Paul 100%", address: "+33611111111" });
    const found = async (q: string) =>
      (await listCards(deps.db, scope, { view: "all", userId: user.id, q })).cards.map(
        (card) => card.id,
      );
    for (const q of [
      "eleonore",
      "COEUR",
      "el",
      "coeur éléo",
      "06 12 34 56",
      "0033612345678",
      "3456",
    ]) {
      expect(await found(q), q).toEqual([wanted.id]);
    }
    expect(await found("eleonore paul")).toEqual([]);
    expect(await found("%")).toHaveLength(0);
    expect(await found("100%")).toHaveLength(1);
  });

  it("WhatsApp's window ends 24 h after the person's last message", async () => {
    const { deps, workspace, user, scope } = await scene();
    const { id: integrationId } = await createIntegration(deps, workspace, { type: "whatsapp" });
    const conversation = await createConversation(deps, workspace, { integrationId });
    await addMessage(deps, workspace, conversation, { channel: "whatsapp" });
    const windowAt = async () =>
      (
        await conversationDetail(deps.db, scope, {
          id: conversation.id,
          userId: user.id,
          now: deps.clock.now(),
        })
      )?.windowEndsAt;
    expect(await windowAt()).toBe("2026-11-21T09:00:00.000Z");
    deps.clock.advance(24 * 3_600_000);
    expect(await windowAt()).toBeNull();
  });

  it("previous conversations are the person's on other numbers that one may see", async () => {
    const { deps, workspace, user, scope } = await scene();
    const [second, hidden] = [
      await createIntegration(deps, workspace),
      await createIntegration(deps, workspace),
    ];
    const first = await createConversation(deps, workspace);
    const { personId } = first;
    const other = await createConversation(deps, workspace, { personId, integrationId: second.id });
    await createConversation(deps, workspace, { personId, integrationId: hidden.id });
    const narrow: Scope = { ...scope, integrations: [workspace.integration.id, second.id] };
    const detail = await conversationDetail(deps.db, narrow, {
      id: first.id,
      userId: user.id,
      now: deps.clock.now(),
    });
    expect(detail?.contact.previousConversations.map((one) => one.id)).toEqual([other.id]);
  });
});

describe("plans at 200 k messages", () => {
  const asked: { query: string; params: unknown[] }[] = [];
  const client = postgres(database.url, { max: 2, onnotice: () => undefined });
  const db: Database = drizzle(client, {
    schema,
    casing: "snake_case",
    logger: { logQuery: (query, params) => void asked.push({ query, params }) },
  });
  /** Everything that goes through the raw client, as it is sent. */
  const sql = postgres(database.url, {
    max: 1,
    fetch_types: false,
    onnotice: () => undefined,
    debug: (_connection, query, params) => void asked.push({ query, params }),
  });
  const scope: Scope = { workspaceId: mintWorkspaceId(BULK_WORKSPACE), integrations: "all" };
  const userId = BULK_READER;
  const now = new Date("2026-11-20T09:00:00Z");

  beforeAll(async () => {
    const bulk = postgres(database.url, { max: 1, onnotice: () => undefined });
    await fillInbox(bulk, { conversations: 50_000, messagesEach: 4, longThread: 2000 });
    await bulk`insert into attempts (workspace_id, message_id, account_id, number, started_at,
        lease_until, finished_at, outcome, status, provider_id)
      select workspace_id, id, account_id, 1, created_at, created_at,
        created_at, 'accepted', 'delivered', provider_id
      from messages where direction = 'out'`;
    await bulk`insert into timeline (workspace_id, message_id, at, event, attempt)
      select workspace_id, message_id, started_at, 'queued', null from attempts`;
    await bulk`insert into notifications (id, workspace_id, person_id, kind, type, category, severity,
        title, body, has_template, is_time_sensitive, sends_immediately, opens_window, reply_codes,
        created_at)
      select id, workspace_id, person_id, 'alert', 'alert', 'alert', 'high', 'Alert', '', false, false,
        false, false, '[{"word":"OK","action":"acknowledge"}]', created_at
      from messages where direction = 'out'`;
    await bulk`insert into deliveries (id, workspace_id, notification_id, person_id, channel, fate,
        reason, message_id, decisions, decided_at)
      select id, workspace_id, id, person_id, 'sms', 'queued', 'sends', id, '[]', created_at
      from notifications`;
    await bulk`analyze attempts, timeline, notifications, deliveries`;
    await bulk.end();
  }, 600_000);
  afterAll(() => Promise.all([client.end(), sql.end()]));

  /** Tables so small that reading them whole is right. */
  const SMALL = [
    "workspaces",
    "integrations",
    "users",
    "memberships",
    "labels",
    "accounts",
    "tasks",
    "budgets",
    "sending_pauses",
    "spending",
    "spending_deltas",
    "price_days",
    "leases",
    "offered_lists",
    "sending_pauses",
    "webhook_endpoints",
  ];

  async function scannedBy(run: () => Promise<unknown>): Promise<string[]> {
    asked.length = 0;
    await run();
    const scanned: string[] = [];
    for (const { query, params } of [...asked]) {
      const given = params.map((one) => (Array.isArray(one) ? `{${one.join()}}` : one));
      const [row] = await client.unsafe(`explain (format json) ${query}`, given as never[]);
      for (const match of JSON.stringify(row).matchAll(
        /"Node Type":"Seq Scan"[^{}]*?"Relation Name":"(\w+)"/g,
      )) {
        if (match[1] && !SMALL.includes(match[1])) scanned.push(`${match[1]}: ${query}`);
      }
    }
    expect(asked.length).toBeGreaterThan(0);
    return scanned;
  }

  const cursor = { at: "2026-11-20 08:00:00+00", id: conversationOf(500) };
  const narrow: Scope = { ...scope, integrations: ["0197f000-0000-7000-8000-000000000009"] };
  const ids = [conversationOf(7), conversationOf(8)];
  const queries: [string, () => Promise<unknown>][] = [
    ...INBOX_VIEWS.map(
      (view) =>
        [`list ${view}`, () => listCards(db, scope, { view, userId, cursor })] as [
          string,
          () => Promise<unknown>,
        ],
    ),
    ["list of few numbers", () => listCards(db, narrow, { view: "all", userId })],
    ["search a name", () => listCards(db, scope, { view: "all", userId, q: "martin3a1" })],
    ["search two letters", () => listCards(db, scope, { view: "mine", userId, q: "zz" })],
    ["search a number", () => listCards(db, scope, { view: "all", userId, q: "06 00 01 23 45" })],
    ["cards by id", () => cardsByIds(db, scope, { ids, userId })],
    ["counts", () => countViews(db, scope, userId)],
    ["senders", () => listSenders(db, scope, userId)],
    ["assignees", async () => listAssignees(db, scope)],
    [
      "open a conversation",
      () => conversationDetail(db, scope, { id: BULK_LONG_CONVERSATION, userId, now }),
    ],
    [
      "thread",
      () => threadPage(db, scope, { conversationId: BULK_LONG_CONVERSATION, before: null }),
    ],
    [
      "older thread",
      () => threadPage(db, scope, { conversationId: BULK_LONG_CONVERSATION, before: 900 }),
    ],
    [
      "what moved",
      () =>
        othersMessagesAfter(db, scope, {
          conversationId: BULK_LONG_CONVERSATION,
          seq: 1990,
          actor: { kind: "user", userId },
        }),
    ],
    ["what a code may answer", () => readAnswerable()],
    ["recent activities", () => recentActivities(db, scope, ids)],
    [
      "read states",
      () => readStates(db, scope.workspaceId, { conversationIds: ids, userIds: [userId] }),
    ],
    [
      "mark read",
      () => putRead(db, scope, { conversationId: BULK_LONG_CONVERSATION, userId, seq: 1995, now }),
    ],
    [
      "mark unread",
      () => takeReadBack(db, scope, { conversationId: BULK_LONG_CONVERSATION, userId, now }),
    ],
    [
      "API messages of a conversation",
      () =>
        listMessages(db, scope, {
          filter: { conversationId: BULK_LONG_CONVERSATION },
          cursor: null,
          limit: 50,
        }),
    ],
    ["API messages", () => listMessages(db, scope, { filter: {}, cursor, limit: 50 })],
    ["contacts", () => listContacts(db, scope.workspaceId, {})],
    ["search contacts", () => listContacts(db, scope.workspaceId, { q: "martin3a1" })],
  ];

  async function readAnswerable() {
    const { workspaceId } = scope;
    const [card] = await cardsByIds(db, scope, { ids: [BULK_LONG_CONVERSATION], userId });
    if (!card) throw new Error("the long conversation is gone");
    const { id: conversationId, integrationId, person } = card;
    const from = { kind: "phone" as const, value: person.address };
    const unlocked = { isLocked: false };
    await findAnsweringConversation(db, { workspaceId, integrationId, from }, unlocked);
    const of = { workspaceId, conversationId, personId: person.id, since: new Date(0) };
    expect(await findAnswerable(db, of, unlocked)).toHaveLength(50);
    await findLastWrittenTo(db, { workspaceId, conversationId, seq: 1900 });
    await findOfferedList(db, of);
    const quoted = { workspaceId, accountId: person.id, providerId: "SM1" };
    await findQuotedMessage(db, quoted);
    await findLocaleOf(db, of);
  }

  it.each(queries)("%s reads no large table from end to end", async (_, run) => {
    expect(await scannedBy(run)).toEqual([]);
  });

  it("R407 a message from Twilio with all that it may bring, and its file, read no large table from end to end", async () => {
    const deps = testDeps({ db, sql });
    const workspace = await createWorkspace(deps);
    const { sender } = await createIntegration(deps, workspace, { type: "whatsapp" });
    const fields = smsFields(workspace, {
      To: `whatsapp:${sender}`,
      From: "whatsapp:+33612345678",
      ExternalUserId: "whatsapp:FR.1349",
      ProfileName: "Ada",
      Body: "STOP",
      OriginalRepliedMessageSid: messageSid(),
      NumMedia: "1",
      MediaUrl0: "https://api.example.test/a",
    });
    const request = signedRequest(fields, { token: workspace.account.token });
    const answers: number[] = [];
    const receive = async () => {
      answers.push((await answerInbound(deps, request, 30_000)).status);
      await fetchOwedMedia(deps);
    };
    expect(await scannedBy(receive)).toEqual([]);
    expect(answers).toEqual([200]);
    expect(asked.some(({ query }) => query.includes("into media"))).toBe(true);
  });

  it("R418 a status callback reads no large table from end to end", async () => {
    const deps = testDeps({ db, sql });
    const workspace = await createWorkspace(deps);
    const conversation = await createConversation(deps, workspace);
    const providerId = messageSid();
    const values = {
      direction: "out" as const,
      status: "accepted" as const,
      attempt: 1,
      providerId,
    };
    const { id } = await addMessage(deps, workspace, conversation, values);
    await db.insert(schema.attempts).values({
      workspaceId: workspace.workspaceId,
      messageId: id,
      accountId: workspace.account.id,
      number: 1,
      startedAt: deps.clock.now(),
      leaseUntil: deps.clock.now(),
      outcome: "accepted",
      status: "accepted",
      providerId,
    });
    const report = { MessageSid: providerId, AccountSid: workspace.account.sid };
    const request = signedRequest(
      { ...report, MessageStatus: "delivered" },
      { token: workspace.account.token, path: `/api/webhooks/twilio/status?m=${id}&a=1` },
    );
    const answers: number[] = [];
    const run = async () => void answers.push((await answerStatus(deps, request)).status);
    expect(await scannedBy(run)).toEqual([]);
    expect(answers).toEqual([204]);
  });

  it("R032 what a month cost, the prices of a page and the sweep read no large table from end to end", async () => {
    const { workspaceId } = scope;
    const accountId = workspaceId;
    // Lists of words are written by their type, which the client has to look up first.
    const typed = postgres(database.url, {
      max: 1,
      onnotice: () => undefined,
      debug: (_connection, query, params) => void asked.push({ query, params }),
    });
    await typed`select 1`;
    const run = async () => {
      await listSpending(sql, { workspaceId, month: "2026-11" });
      await findUnpriced(typed, { accountId, providerIds: ["SM1", "SM2"] });
      await findIdleAccounts(sql, { now, settledBefore: now });
      await findInboundOnlyAccounts(sql, { day: "2026-11-19", from: now, until: now });
    };
    expect(await scannedBy(run)).toEqual([]);
    await typed.end();
  });

  it("finds what it looks for among them", async () => {
    const page = await listCards(db, scope, { view: "mine", userId });
    expect(page.cards).toHaveLength(50);
    const counts = await countViews(db, scope, userId);
    expect(counts.resolved).toBe(1000);
    const thread = await threadPage(db, scope, {
      conversationId: BULK_LONG_CONVERSATION,
      before: null,
    });
    expect(thread.messages.at(-1)?.seq).toBe(2000);
  });
});
