import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import {
  accounts,
  activities,
  addresses,
  consents,
  conversations,
  media,
  messages,
  persons,
} from "../../db/schema";
import { markRead } from "../../lib/conversations/mark-read";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { messageSid, phoneNumber, signedRequest, smsFields } from "../support/twilio-request";
import {
  createIntegration,
  createUser,
  createWorkspace,
  type TestWorkspace,
} from "../support/workspace";

const database = openTestDatabase();
/** Nothing here is about a database that is slow: inbound-faults.test.ts is. */
const PATIENT_MS = 30_000;

async function setUp() {
  const deps = testDeps(database);
  const workspace = await createWorkspace(deps);
  const receive = (fields: Record<string, string> = {}) =>
    post(deps, workspace, smsFields(workspace, fields));
  return { deps, workspace, receive, stored: () => storedOf(deps, workspace) };
}

function post(deps: TestDeps, workspace: TestWorkspace, fields: Record<string, string>) {
  const request = signedRequest(fields, { token: workspace.account.token });
  return answerInbound(deps, request, PATIENT_MS);
}

async function storedOf({ db }: TestDeps, { workspaceId }: TestWorkspace) {
  const [people, threads, texts, lines] = await Promise.all([
    db.select().from(persons).where(eq(persons.workspaceId, workspaceId)),
    db.select().from(conversations).where(eq(conversations.workspaceId, workspaceId)),
    db
      .select()
      .from(messages)
      .where(eq(messages.workspaceId, workspaceId))
      .orderBy(asc(messages.seq)),
    db
      .select()
      .from(activities)
      .where(eq(activities.workspaceId, workspaceId))
      .orderBy(activities.id),
  ]);
  return { people, threads, texts, lines };
}

describe("an inbound SMS", () => {
  it("R407 becomes a person, an open conversation and a message, and is answered with empty TwiML", async () => {
    const { deps, receive, stored } = await setUp();
    const sid = messageSid();
    expect(await receive({ MessageSid: sid, Body: "Où en est ma commande ? 📦" })).toMatchObject({
      status: 200,
      headers: { "content-type": "text/xml; charset=utf-8" },
      body: "<Response/>",
    });
    const { people, threads, texts, lines } = await stored();
    expect(people).toMatchObject([{ name: null, searchText: "+33612345678 0612345678" }]);
    expect(threads).toMatchObject([
      {
        state: "open",
        address: "+33612345678",
        isListed: true,
        lastSeq: 1,
        inboundCount: 1,
        revision: 1,
        lastMessageId: texts[0]?.id,
        waitingSince: deps.clock.now(),
        stateReason: { rule: "message" },
      },
    ]);
    expect(texts).toMatchObject([
      {
        seq: 1,
        direction: "in",
        status: "received",
        channel: "sms",
        providerId: sid,
        body: "Où en est ma commande ? 📦",
        counts: true,
      },
    ]);
    expect(lines).toEqual([]);
    expect(deps.changes).toMatchObject([
      { kind: "conversation", conversationId: threads[0]?.id, messageIds: [texts[0]?.id] },
    ]);
  });

  it("R411 leaves a log line without number or text", async () => {
    const { deps, receive } = await setUp();
    const sid = messageSid();
    await receive({ MessageSid: sid, Body: "secret" });
    const line = deps.lines.find(({ level }) => level === "info");
    expect(line?.message).toBe(`[SMS WEBHOOK] Message received and processed: ${sid}`);
    expect(JSON.stringify(deps.lines)).not.toMatch(/secret|33612345678/);
  });

  it("R406 posted 20 times in parallel is stored once, and every post is answered 200", async () => {
    const { deps, workspace, stored } = await setUp();
    const fields = smsFields(workspace);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(deps, workspace, fields)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const { people, threads, texts } = await stored();
    expect([people.length, threads.length, texts.length]).toEqual([1, 1, 1]);
    expect(threads[0]).toMatchObject({ lastSeq: 1, inboundCount: 1, revision: 1 });
    expect(deps.changes).toHaveLength(1);
  });

  it("R406 the same message again, late, changes nothing", async () => {
    const { deps, workspace, stored } = await setUp();
    const fields = smsFields(workspace);
    await post(deps, workspace, fields);
    await deps.db
      .update(conversations)
      .set({ state: "resolved" })
      .where(eq(conversations.workspaceId, workspace.workspaceId));
    const before = await stored();
    deps.clock.advance(60_000);
    expect((await post(deps, workspace, fields)).status).toBe(200);
    expect(await stored()).toEqual(before);
  });

  it("R407 fifty first messages of one person in parallel make one person, one conversation, seq 1 to 50", async () => {
    const { deps, workspace, stored } = await setUp();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        post(deps, workspace, smsFields(workspace, { Body: `n° ${i}` })),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { people, threads, texts } = await stored();
    expect([people.length, threads.length]).toEqual([1, 1]);
    expect(texts.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(threads[0]).toMatchObject({ lastSeq: 50, inboundCount: 50, revision: 50 });
  });

  it("R407 messages one after the other keep their order", async () => {
    const { receive, stored } = await setUp();
    for (const body of ["un", "deux", "trois"]) await receive({ Body: body });
    expect((await stored()).texts.map(({ body, seq }) => [seq, body])).toEqual([
      [1, "un"],
      [2, "deux"],
      [3, "trois"],
    ]);
  });

  it("R126 takes a number of any country and any text that can be written", async () => {
    const { receive, stored } = await setUp();
    await receive({ From: "+221771234567", Body: "Test SMS depuis SmartQueue! 🎉 👩‍👩‍👧 œ" });
    await receive({ From: "+221771234567", Body: "nul\0 et demi" });
    const { people, texts } = await stored();
    expect(people).toHaveLength(1);
    expect(texts.map(({ body }) => body)).toEqual([
      "Test SMS depuis SmartQueue! 🎉 👩‍👩‍👧 œ",
      "nul et demi",
    ]);
  });

  it("R410 finds the person again after Gabon's renumbering", async () => {
    const { receive, stored } = await setUp();
    await receive({ From: "+24177123456" });
    await receive({ From: "+24107123456" });
    expect((await stored()).people).toHaveLength(1);
  });
});

describe("whose message it is", () => {
  it("R402 two workspaces with the same customer keep their own person and thread", async () => {
    const one = await setUp();
    const two = await setUp();
    await one.receive({ Body: "for one" });
    await two.receive({ Body: "for two" });
    expect((await one.stored()).texts).toMatchObject([{ body: "for one" }]);
    expect((await two.stored()).texts).toMatchObject([{ body: "for two" }]);
    expect((await one.stored()).people[0]?.id).not.toBe((await two.stored()).people[0]?.id);
  });

  it("R402 a workspace's token opens nothing of another's", async () => {
    const one = await setUp();
    const two = await setUp();
    const fields = smsFields(one.workspace);
    const answer = await post(one.deps, two.workspace, fields);
    expect(answer.status).toBe(403);
    expect((await one.stored()).texts).toEqual([]);
  });

  it("R402 a Messaging Service is looked up first and falls back to To", async () => {
    const { deps, workspace, receive, stored } = await setUp();
    const service = await createIntegration(deps, workspace, { messagingServiceSid: "MGknown" });
    await receive({ MessagingServiceSid: "MGknown" });
    await receive({ MessagingServiceSid: "MGunknown" });
    await receive({ MessagingServiceSid: "MGknown", To: service.sender });
    expect((await stored()).texts.map((text) => text.integrationId).sort()).toEqual(
      [service.id, service.id, workspace.integration.id].sort(),
    );
  });

  it("R403 an unknown number or account is 404 and nothing is stored", async () => {
    const { receive, stored } = await setUp();
    expect((await receive({ To: "+33199999999" })).status).toBe(404);
    expect((await receive({ AccountSid: "ACnobody" })).status).toBe(404);
    expect((await receive({ To: "whatsapp:+33199999999" })).status).toBe(404);
    expect((await stored()).texts).toEqual([]);
  });

  it("R404 an integration that is switched off still stores what arrives", async () => {
    const { deps, workspace, stored } = await setUp();
    const off = await createIntegration(deps, workspace, { isActive: false });
    expect((await post(deps, workspace, smsFields(workspace, { To: off.sender }))).status).toBe(
      200,
    );
    expect((await stored()).texts).toHaveLength(1);
  });

  it("R407 a colleague who texts in is recognised", async () => {
    const { deps, workspace, receive, stored } = await setUp();
    const colleague = await createUser(deps, workspace.workspaceId, "agent", "Grace");
    const from = phoneNumber();
    await deps.db.insert(addresses).values({
      id: deps.chance.uuid(),
      workspaceId: workspace.workspaceId,
      personId: colleague.personId,
      kind: "phone",
      value: from,
      raw: from,
      createdAt: deps.clock.now(),
    });
    await receive({ From: from });
    const { people, threads } = await stored();
    expect(people).toHaveLength(1);
    expect(threads).toMatchObject([{ personId: colleague.personId }]);
  });
});

describe("signatures", () => {
  it("R406 both addresses answer, with a query and behind the public origin", async () => {
    const { deps, workspace, stored } = await setUp();
    const { token } = workspace.account;
    for (const path of ["/inbox/webhooks/sms", "/api/webhooks/twilio?x=1&y=%2B33"]) {
      const request = signedRequest(smsFields(workspace), { token, path });
      expect((await answerInbound(deps, request)).status).toBe(200);
    }
    const elsewhere = { token, origin: "https://elsewhere.test" };
    const other = signedRequest(smsFields(workspace), elsewhere);
    expect((await answerInbound(deps, other)).status).toBe(403);
    expect((await stored()).texts).toHaveLength(2);
  });

  it("R122 the next token is good while the account's token is rotated, and the old one is not after", async () => {
    const { deps, workspace, receive } = await setUp();
    expect((await receive()).status).toBe(200);
    const change = (values: Partial<typeof accounts.$inferInsert>) =>
      deps.db.update(accounts).set(values).where(eq(accounts.id, workspace.account.id));
    const withToken = (token: string) =>
      answerInbound(deps, signedRequest(smsFields(workspace), { token }));
    await change({ nextTokenSealed: deps.cipher.seal("next") });
    expect((await withToken("next")).status).toBe(200);
    expect((await withToken(workspace.account.token)).status).toBe(200);
    await change({ tokenSealed: deps.cipher.seal("next"), nextTokenSealed: null });
    deps.clock.advance(6000);
    expect((await withToken(workspace.account.token)).status).toBe(403);
    expect((await withToken("next")).status).toBe(200);
  });

  it("R406 forged, unsigned, truncated, oversized and wrongly encoded bodies are 4xx; nothing is stored or told", async () => {
    const { deps, workspace, stored } = await setUp();
    const good = signedRequest(smsFields(workspace), { token: workspace.account.token });
    const { "x-twilio-signature": _, ...unsigned } = good.headers;
    const type = (value: string) => ({ ...good.headers, "content-type": value });
    const refused: [number, Partial<typeof good>][] = [
      [403, { headers: { ...good.headers, "x-twilio-signature": `${"A".repeat(27)}=` } }],
      [403, { headers: { ...good.headers, "x-twilio-signature": "nonsense" } }],
      [403, { headers: unsigned }],
      [403, { body: Buffer.concat([good.body, Buffer.from("&Body=more")]) }],
      [403, { body: good.body.subarray(0, good.body.length - 3) }],
      [400, { body: Buffer.from(`${good.body}&X=%C3`) }],
      [400, { body: Buffer.from(`${good.body}&X=%ZZ`) }],
      [400, { body: Buffer.from([0xff, 0xfe, 0x41]) }],
      [400, { body: Buffer.alloc(0) }],
      [400, { body: Buffer.from("From=x") }],
      [400, { headers: type("application/json"), body: Buffer.from("{}") }],
      [400, { headers: type("application/x-www-form-urlencoded; charset=iso-8859-1") }],
      [400, { headers: type("multipart/form-data; boundary=x") }],
      [413, { body: Buffer.alloc(1024 * 1024 + 1, "a") }],
      [405, { method: "GET" }],
    ];
    for (const [status, change] of refused) {
      const answer = await answerInbound(deps, { ...good, ...change });
      expect([answer.status, answer.body.includes("\n")]).toEqual([status, false]);
    }
    const { people, threads, texts } = await stored();
    expect([people, threads, texts]).toEqual([[], [], []]);
    expect(deps.changes).toEqual([]);
    expect((await answerInbound(deps, good)).status).toBe(200);
  });

  it("limits a source of refused requests, never a good one", async () => {
    const { deps, workspace, receive } = await setUp();
    const fields = smsFields(workspace);
    const bad = { ...signedRequest(fields, { token: "no" }), remoteAddress: "192.0.2.99" };
    const statuses = new Set<number>();
    for (let i = 0; i < 205; i++) statuses.add((await answerInbound(deps, bad)).status);
    expect([...statuses]).toEqual([403, 429]);
    const good = signedRequest(fields, { token: workspace.account.token });
    expect((await answerInbound(deps, { ...good, remoteAddress: "192.0.2.99" })).status).toBe(200);
    expect((await receive()).status).toBe(200);
  });
});

describe("states", () => {
  async function withConversation(values: Partial<typeof conversations.$inferInsert>) {
    const context = await setUp();
    await context.receive({ Body: "Bonjour" });
    const change = (next: Partial<typeof conversations.$inferInsert>) =>
      context.deps.db
        .update(conversations)
        .set(next)
        .where(eq(conversations.workspaceId, context.workspace.workspaceId));
    await change(values);
    const thread = async () => (await context.stored()).threads[0];
    return { ...context, change, thread };
  }

  it("R407 a question reopens what was resolved, in the same conversation, and says so", async () => {
    const { receive, thread, stored } = await withConversation({
      state: "resolved",
      waitingSince: null,
    });
    await receive({ Body: "Encore une question" });
    expect(await thread()).toMatchObject({
      state: "open",
      lastSeq: 2,
      inboundCount: 2,
      stateReason: { rule: "message", from: "resolved" },
    });
    expect((await thread())?.waitingSince).not.toBeNull();
    expect((await stored()).lines).toMatchObject([{ kind: "reopened", afterSeq: 1 }]);
  });

  it("R407 courtesy leaves a resolved conversation asleep", async () => {
    const { receive, thread, stored } = await withConversation({
      state: "resolved",
      waitingSince: null,
    });
    await receive({ Body: "Merci beaucoup 🙏" });
    expect(await thread()).toMatchObject({
      state: "resolved",
      inboundCount: 1,
      lastSeq: 2,
      waitingSince: null,
      stateReason: { rule: "courtesy", words: "Merci beaucoup 🙏" },
    });
    expect((await stored()).lines).toEqual([]);
    expect((await stored()).texts[1]).toMatchObject({ counts: false });
  });

  it("R407 courtesy after what was read leaves nothing unread, wherever the agent stopped", async () => {
    const { deps, workspace, receive, thread } = await withConversation({ state: "resolved" });
    const agent = await createUser(deps, workspace.workspaceId, "agent");
    await receive({ Body: "Merci" });
    const scope = { workspaceId: workspace.workspaceId, integrations: "all" as const };
    const conversationId = (await thread())?.id ?? "";
    const read = { scope, userId: agent.id, conversationId };
    expect(await markRead(deps, { ...read, seq: 1 })).toMatchObject({ lastReadSeq: 1, unread: 0 });
    await receive({ Body: "Encore une question" });
    expect(await markRead(deps, { ...read, seq: 2 })).toMatchObject({ lastReadSeq: 2, unread: 1 });
  });

  it.each(["snoozed", "pending"] as const)("R407 an answer opens what was %s", async (state) => {
    const { receive, thread } = await withConversation({
      state,
      snoozedUntil: new Date("2030-01-01T00:00:00Z"),
    });
    await receive({ Body: "oui" });
    expect(await thread()).toMatchObject({ state: "open", snoozedUntil: null });
  });

  it("R407 a new conversation opens even for courtesy", async () => {
    const { receive, stored } = await setUp();
    await receive({ Body: "Merci" });
    expect((await stored()).threads).toMatchObject([{ state: "open", inboundCount: 1 }]);
  });

  it("R407 urgent words raise the priority and never lower it", async () => {
    const { receive, thread } = await withConversation({ state: "open" });
    await receive({ Body: "C'est urgent !" });
    expect(await thread()).toMatchObject({ priority: "urgent", stateReason: { words: "urgent" } });
    await receive({ Body: "au plus vite" });
    expect(await thread()).toMatchObject({ priority: "urgent" });
  });

  it("shows a conversation of automatic messages once the person writes", async () => {
    const { receive, thread, change } = await withConversation({ isListed: false });
    await receive({ Body: "Merci" });
    expect(await thread()).toMatchObject({ isListed: true, state: "resolved" });
    await change({ isListed: false, state: "open" });
    await receive({ Body: "Je ne peux pas venir" });
    expect(await thread()).toMatchObject({ isListed: true, state: "open" });
  });

  it("releases an assignee who is offline or gone when the conversation reopens", async () => {
    const { deps, workspace, receive, thread, change, stored } = await withConversation({
      state: "open",
    });
    const agent = await createUser(deps, workspace.workspaceId, "agent");
    await change({ assigneeId: agent.id });
    await receive({ Body: "toujours là ?" });
    expect(await thread()).toMatchObject({ assigneeId: agent.id });
    await change({ state: "resolved" });
    await receive({ Body: "et maintenant ?" });
    expect(await thread()).toMatchObject({ state: "open", assigneeId: null });
    expect((await stored()).lines.map(({ kind }) => kind)).toEqual(["reopened", "unassigned"]);
  });

  it("R407 a blocked person's messages are stored, never reopen and never count", async () => {
    const { deps, workspace, receive, thread, stored } = await withConversation({
      state: "resolved",
    });
    await deps.db
      .update(persons)
      .set({ blockedAt: deps.clock.now() })
      .where(eq(persons.workspaceId, workspace.workspaceId));
    const before = await thread();
    deps.clock.advance(1000);
    await receive({ Body: "URGENT !!!" });
    expect(await thread()).toMatchObject({
      state: "resolved",
      priority: "normal",
      inboundCount: 1,
      lastActivityAt: before?.lastActivityAt,
    });
    const other = await createIntegration(deps, workspace);
    await receive({ To: other.sender });
    const { texts, threads, lines } = await stored();
    expect(texts).toHaveLength(3);
    expect(threads.map(({ state }) => state)).toEqual(["resolved", "resolved"]);
    expect(lines).toEqual([]);
  });
});

describe("consent", () => {
  it("R110 STOP, ARRÊT and START are written to the ledger with the words and the message", async () => {
    const { deps, workspace, receive, stored } = await setUp();
    await receive({ Body: "STOP" });
    await receive({ Body: "start" });
    await receive({ Body: "« Arrêt ! »" });
    await receive({ Body: "plus rien", OptOutType: "STOP" });
    await receive({ Body: "stop, merci" });
    const ledger = await deps.db
      .select()
      .from(consents)
      .where(eq(consents.workspaceId, workspace.workspaceId))
      .orderBy(consents.id);
    const { texts, lines } = await stored();
    expect(ledger).toMatchObject([
      { state: "opted_out", source: "keyword", words: "STOP", messageId: texts[0]?.id },
      { state: "opted_in", source: "keyword", words: "start" },
      { state: "opted_out", source: "keyword", words: "« Arrêt ! »" },
      { state: "opted_out", source: "provider", words: "plus rien" },
    ]);
    expect(lines.map(({ kind, afterSeq }) => [kind, afterSeq])).toEqual([
      ["opted_out", 1],
      ["opted_in", 2],
      ["opted_out", 3],
      ["opted_out", 4],
    ]);
    expect(texts[4]).toMatchObject({ content: { probableStop: true } });
  });
});

describe("WhatsApp and files", () => {
  async function setUpWhatsApp() {
    const context = await setUp();
    const { sender } = await createIntegration(context.deps, context.workspace, {
      type: "whatsapp",
      sender: "+14155238886",
      accountSid: context.workspace.account.sid,
    });
    const whatsapp = (fields: Record<string, string>) =>
      context.receive({
        To: `whatsapp:${sender}`,
        From: "whatsapp:+33612345678",
        MessageType: "text",
        ...fields,
      });
    return { ...context, whatsapp };
  }

  it("R112 the same number by SMS and WhatsApp is one person with two conversations", async () => {
    const { receive, whatsapp, stored } = await setUpWhatsApp();
    await receive();
    await whatsapp({ ProfileName: "Ada 🌸" });
    const { people, threads } = await stored();
    expect(people).toMatchObject([{ name: null, profileName: "Ada 🌸" }]);
    expect(threads.map(({ address }) => address)).toEqual(["+33612345678", "+33612345678"]);
  });

  it("R112 a person without a number is known by WhatsApp id, and recognised when the number shows", async () => {
    const { whatsapp, stored } = await setUpWhatsApp();
    await whatsapp({ From: "whatsapp:FR.1349", ProfileName: "Ada" });
    await whatsapp({ From: "whatsapp:+33699887766", ExternalUserId: "whatsapp:FR.1349" });
    await whatsapp({ From: "whatsapp:+33699887766" });
    const { people, threads, texts } = await stored();
    expect([people.length, threads.length, texts.length]).toEqual([1, 1, 3]);
    expect(threads[0]?.address).toBe("+33699887766");
  });

  it("keeps every kind, and what a reply quotes", async () => {
    const { whatsapp, stored } = await setUpWhatsApp();
    const first = messageSid();
    await whatsapp({ MessageSid: first });
    await whatsapp({ MessageType: "location", Body: "", Latitude: "48.85", Longitude: "2.35" });
    await whatsapp({ MessageType: "button", Body: "Oui", ButtonText: "Oui", ButtonPayload: "y" });
    await whatsapp({ MessageType: "hologram", Body: "", Depth: "3" });
    await whatsapp({ OriginalRepliedMessageSid: first, Body: "à propos" });
    await whatsapp({ OriginalRepliedMessageSid: "SMelsewhere", Body: "de quoi ?" });
    const { texts } = await stored();
    const kinds = ["text", "location", "button", "unknown", "text", "text"];
    expect(texts.map(({ kind }) => kind)).toEqual(kinds);
    expect(texts[4]).toMatchObject({ quotedMessageId: texts[0]?.id, quotedProviderId: first });
    expect(texts[5]).toMatchObject({ quotedMessageId: null, quotedProviderId: "SMelsewhere" });
  });

  it("R417 files are rows that are owed, and the doorbell rings for them", async () => {
    const { deps, workspace, receive } = await setUp();
    await receive({
      NumMedia: "2",
      MediaUrl0: "https://api.example.test/a",
      MediaContentType0: "image/jpeg",
      MediaUrl1: "https://api.example.test/b",
    });
    const files = await deps.db
      .select()
      .from(media)
      .where(eq(media.workspaceId, workspace.workspaceId))
      .orderBy(media.position);
    expect(files).toMatchObject([
      { status: "owed", position: 0, sourceUrl: "https://api.example.test/a" },
      { status: "owed", position: 1, sourceUrl: "https://api.example.test/b", contentType: null },
    ]);
    expect(deps.bells).toEqual([{ kind: "media", at: deps.clock.now() }]);
  });
});
