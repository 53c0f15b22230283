import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  accounts,
  attempts,
  consents,
  conversations,
  integrations,
  messages,
} from "../../db/schema";
import { storeUpload } from "../../lib/outbound/store-upload";
import { createClient, installRuntime } from "../support/api";
import { addMessage, createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { PHOTO } from "../support/photo";
import { createIntegration, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let client: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  client = await createClient(deps, workspace.workspaceId, { role: "agent" });
});

const sms = { channel: "sms", to: "0612345678", body: "Bonjour" };

async function upload(): Promise<string> {
  const outcome = await storeUpload(deps, {
    workspaceId: workspace.workspaceId,
    userId: null,
    fileName: PHOTO.name,
    contentType: PHOTO.mimeType,
    bytes: PHOTO.buffer,
  });
  if (outcome.kind !== "stored") throw new Error(outcome.message);
  return outcome.media.id;
}

function countMessages() {
  return deps.db.$count(messages, eq(messages.workspaceId, workspace.workspaceId));
}

describe("POST /messages", () => {
  test("R113 R209 R210 a message is stored and answered with its fields, and its sender is rung", async () => {
    const { status, body, headers } = await client.post("/messages", {
      ...sms,
      metadata: { order: 7 },
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      direction: "out",
      channel: "sms",
      from: workspace.integration.sender,
      to: "+33612345678",
      body: "Bonjour",
      subject: null,
      status: "queued",
      providerId: null,
      errorMessage: null,
      attempts: 0,
      notificationId: null,
      metadata: { order: 7 },
    });
    expect(headers.get("location")).toBe(`/api/v1/messages/${body.id}`);
    expect(deps.bells).toMatchObject([{ kind: "dispatch", accountId: workspace.account.id }]);
    expect(deps.changes).toMatchObject([{ kind: "conversation", messageIds: [body.id] }]);
  });

  test("a system's message stays out of the inbox until somebody writes", async () => {
    const { body } = await client.post("/messages", sms);
    const [row] = await deps.db
      .select()
      .from(conversations)
      .where(eq(conversations.id, body.conversationId));
    expect(row?.isListed).toBe(false);
    const again = await client.post("/messages", { ...sms, to: "+33612345678", body: "Encore" });
    expect(again.body.conversationId).toBe(body.conversationId);
  });

  test("R112 a WhatsApp recipient may carry its prefix; the window is asked", async () => {
    const sender = await createIntegration(deps, workspace, { type: "whatsapp", isDefault: true });
    const message = { channel: "whatsapp", to: "whatsapp:+33612345678", body: "Bonjour" };
    const closed = await client.post("/messages", message);
    expect(closed).toMatchObject({ status: 422, body: { code: "whatsapp_window_closed" } });
    const personal = await createConversation(deps, workspace, {
      integrationId: sender.id,
      address: "+33612345678",
      lastInboundAt: deps.clock.now(),
    });
    const open = await client.post("/messages", message);
    expect(open).toMatchObject({
      status: 202,
      body: { to: "+33612345678", channel: "whatsapp", conversationId: personal.id },
    });
  });

  test("up to 100 at once are all stored, in their order", async () => {
    const batch = Array.from({ length: 100 }, (_, n) => ({ ...sms, body: `n° ${n}` }));
    const { status, body } = await client.post("/messages", batch);
    expect(status).toBe(202);
    expect(body.data.map((message: { body: string }) => message.body)).toEqual(
      batch.map((message) => message.body),
    );
    const tooMany = await client.post("/messages", [...batch, sms]);
    expect(tooMany).toMatchObject({ status: 422, body: { code: "validation_failed" } });
    expect(await countMessages()).toBe(100);
  });

  test("a person with two numbers is written to at each of them, in the order of the batch", async () => {
    const numbers = ["+33199000555", "+33199000556"];
    await client.post("/contacts", {
      name: "Two phones",
      addresses: numbers.map((value) => ({ kind: "phone", value })),
    });
    const batch = ["a", "b", "c", "d"].map((text, n) => ({
      ...sms,
      to: numbers[n % 2],
      body: text,
    }));
    const { status, body } = await client.post("/messages", batch);
    expect(status).toBe(202);
    const sent = body.data.map((one: { to: string; body: string }) => `${one.body} ${one.to}`);
    expect(sent).toEqual(["a +33199000555", "b +33199000556", "c +33199000555", "d +33199000556"]);
    const places = body.data.map((one: { conversationId: string }) => one.conversationId);
    expect(new Set(places).size).toBe(1);
  });

  test("one bad message of a batch and nothing is stored; the fault names it", async () => {
    const bad = await client.post("/messages", [sms, { ...sms, to: "12" }]);
    expect(bad).toMatchObject({
      status: 422,
      body: { code: "invalid_phone_number", errors: [{ path: "1.to" }] },
    });
    const invalid = await client.post("/messages", [sms, { channel: "sms", to: "1" }]);
    expect(invalid.body.errors).toEqual([
      { path: "1.body", message: "A message needs a body or a file" },
    ]);
    expect(await countMessages()).toBe(0);
    expect(deps.bells).toEqual([]);
  });

  test("R220 R230 what is not valid is refused field by field", async () => {
    const cases: [unknown, string][] = [
      [{ ...sms, body: "x".repeat(1601) }, "body"],
      [{ ...sms, body: " " }, "body"],
      [{ ...sms, channel: "fax" }, "channel"],
      [{ ...sms, channel: "email", to: "ada@example.org" }, "subject"],
      [{ ...sms, channel: "email", subject: "Bonjour", mediaIds: [] }, "integrationId"],
      [{ ...sms, subject: "Bonjour" }, "subject"],
      [{ ...sms, template: "x" }, "body"],
      [{ ...sms, variables: { name: "x" } }, "variables"],
      [{ ...sms, sendAt: "tomorrow" }, "sendAt"],
      [{ ...sms, sendAt: "0000-01-01T00:00:00Z" }, "sendAt"],
      [{ ...sms, sendAt: "9999-12-31T23:59:59-10:00" }, "sendAt"],
      [{ ...sms, expiresAt: "3000-01-01T00:00:00Z" }, "expiresAt"],
      [{ ...sms, body: "cut \ud83d" }, "body"],
      [{ ...sms, metadata: { note: "cut \ude00" } }, "metadata.note"],
      [{ ...sms, to: undefined }, "to"],
      [{ ...sms, mediaUrls: ["file:///etc/passwd"] }, "mediaUrls.0"],
      [{ ...sms, oops: 1 }, "oops"],
      [{ ...sms, integrationId: "x" }, "integrationId"],
      [[], ""],
      ['"text"', ""],
    ];
    for (const [body, path] of cases) {
      const answer = await client.post("/messages", body);
      expect(answer.status, JSON.stringify(body)).toBe(422);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.body.errors.map((fault: { path: string }) => fault.path)).toContain(path);
    }
    expect(await countMessages()).toBe(0);
  });

  test("R417 WhatsApp carries one file a message: two are refused by name with the way out", async () => {
    const sender = await createIntegration(deps, workspace, { type: "whatsapp", isDefault: true });
    const conversation = await createConversation(deps, workspace, {
      integrationId: sender.id,
      address: "+33612345678",
      lastInboundAt: deps.clock.now(),
    });
    const files = [await upload(), await upload()];
    const message = { channel: "whatsapp", to: "+33612345678", body: "Les photos." };
    const way = "2 attachments; WhatsApp carries one a message: send them one after another";
    const errors = [{ path: "mediaIds", message: way }];
    const refusal = { status: 422, body: { code: "too_many_media", errors } };
    expect(await client.post("/messages", { ...message, mediaIds: files })).toMatchObject(refusal);
    const reply = { body: "Les photos.", mediaIds: files };
    const replies = `/conversations/${conversation.id}/messages`;
    expect(await client.post(replies, reply)).toMatchObject(refusal);
    expect(await countMessages()).toBe(0);
    for (const file of files) {
      const one = await client.post("/messages", { ...message, mediaIds: [file] });
      expect(one).toMatchObject({ status: 202, body: { mediaIds: [file] } });
    }
  });

  test("R417 more URLs than the channel carries files are refused before one is fetched", async () => {
    const mediaUrls = ["https://files.example/1.png", "https://files.example/2.png"];
    const message = { channel: "whatsapp", to: "+33612345678", body: "Les photos.", mediaUrls };
    const path = { path: "mediaUrls" };
    expect(await client.post("/messages", message)).toMatchObject({
      status: 422,
      body: { errors: [path] },
    });
    expect(await client.post("/messages", [message])).toMatchObject({
      status: 422,
      body: { errors: [{ path: "0.mediaUrls" }] },
    });
    const { id: integrationId } = await createIntegration(deps, workspace, { type: "whatsapp" });
    const lastInboundAt = deps.clock.now();
    const { id } = await createConversation(deps, workspace, { integrationId, lastInboundAt });
    const answer = { body: "Les photos.", mediaUrls };
    const refusal = { status: 422, body: { code: "too_many_media", errors: [path] } };
    expect(await client.post(`/conversations/${id}/messages`, answer)).toMatchObject(refusal);
    const first = { to: "0612345678", integrationId, ...answer };
    expect(await client.post("/conversations", first)).toMatchObject(refusal);
    expect(await countMessages()).toBe(0);
  });

  test("a URL into a private network is never fetched", async () => {
    const urls = ["http://127.0.0.1:5432/", "http://[::1]/", "http://169.254.169.254/latest"];
    for (const url of urls) {
      const { status, body } = await client.post("/messages", { ...sms, mediaUrls: [url] });
      expect({ status, code: body.code }).toEqual({ status: 422, code: "media_not_fetched" });
      expect(body.errors[0].path).toBe("mediaUrls.0");
    }
  });

  test("one who opted out is not written to", async () => {
    const { id, personId, address } = await createConversation(deps, workspace);
    await deps.db.insert(consents).values({
      workspaceId: workspace.workspaceId,
      personId,
      integrationId: workspace.integration.id,
      channel: "sms",
      address,
      state: "opted_out",
      source: "keyword",
      at: deps.clock.now(),
    });
    const answer = await client.post("/messages", { ...sms, to: address });
    expect(answer).toMatchObject({ status: 422, body: { code: "opted_out" } });
    const reply = await client.post(`/conversations/${id}/messages`, { body: "Bonjour" });
    expect(reply).toMatchObject({ status: 422, body: { code: "opted_out" } });
  });

  test("a switched-off sender and another workspace's sender are refused", async () => {
    const other = await createWorkspace(deps);
    const foreign = await client.post("/messages", {
      ...sms,
      integrationId: other.integration.id,
    });
    expect(foreign).toMatchObject({ status: 422, body: { code: "integration_not_found" } });
    await deps.db
      .update(integrations)
      .set({ isActive: false })
      .where(eq(integrations.id, workspace.integration.id));
    const integrationId = workspace.integration.id;
    const off = await client.post("/messages", { ...sms, integrationId });
    expect(off).toMatchObject({ status: 422, body: { code: "integration_inactive" } });
  });

  test("R002 R027 R029 what is missing to send is told, and how to mend it", async () => {
    await deps.db
      .update(accounts)
      .set({ tokenSealed: null })
      .where(eq(accounts.id, workspace.account.id));
    const blind = await client.post("/messages", sms);
    expect(blind).toMatchObject({ status: 422, body: { code: "twilio_not_configured" } });
    expect(blind.body.detail).toContain("Twilio credentials not configured");
    await deps.db
      .update(integrations)
      .set({ deletedAt: deps.clock.now() })
      .where(eq(integrations.id, workspace.integration.id));
    const none = await client.post("/messages", sms);
    expect(none).toMatchObject({ status: 422, body: { code: "sms_not_configured" } });
    expect(none.body.detail).toBe("SMS delivery not configured: connect a number in Settings");
    const first = await client.post("/conversations", { to: sms.to, body: "x" });
    expect(first).toMatchObject({ status: 422, body: { code: "sms_not_configured" } });
    expect(await countMessages()).toBe(0);
  });

  test("sendAt later than now schedules", async () => {
    const sendAt = new Date(deps.clock.now().getTime() + 3_600_000).toISOString();
    const { body } = await client.post("/messages", { ...sms, sendAt });
    expect(body).toMatchObject({ status: "scheduled", sendAt });
  });
});

describe("Idempotency-Key", () => {
  const key = { "idempotency-key": "order-7" };

  test("the same payload gets the first answer, another one 409", async () => {
    const first = await client.post("/messages", sms, key);
    const again = await client.post("/messages", sms, key);
    expect(again.body).toEqual(first.body);
    expect(again.status).toBe(first.status);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    const sorted = await client.post(
      "/messages",
      { body: sms.body, to: sms.to, channel: sms.channel },
      key,
    );
    expect(sorted.body).toEqual(first.body);
    const other = await client.post("/messages", { ...sms, body: "Autre" }, key);
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
    expect(await countMessages()).toBe(1);
  });

  test("twenty at the same moment: one message, and the others wait or get its answer", async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, () => client.post("/messages", sms, key)),
    );
    expect(await countMessages()).toBe(1);
    for (const { status, body } of all) {
      if (status === 202) continue;
      expect({ status, code: body.code }).toEqual({ status: 409, code: "idempotency_in_progress" });
    }
  });

  test("a first request that died frees its key, and a row it left is found again", async () => {
    const first = await client.post("/messages", sms, key);
    await deps.sql`update idempotency_keys set response_status = null, response_body = null`;
    const running = await client.post("/messages", sms, key);
    expect(running).toMatchObject({ status: 409, body: { code: "idempotency_in_progress" } });
    await deps.sql`update idempotency_keys set locked_until = now() - interval '1 second'`;
    const again = await client.post("/messages", sms, key);
    expect(again.body.id).toBe(first.body.id);
    expect(await countMessages()).toBe(1);
  });

  test("after 24 h the key is free for another payload", async () => {
    await client.post("/messages", sms, key);
    deps.clock.advance(86_400_001);
    const other = await client.post("/messages", { ...sms, body: "Autre" }, key);
    expect(other.status).toBe(202);
  });

  test("is per workspace and per route", async () => {
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId);
    const first = await client.post("/messages", sms, key);
    const theirs = await stranger.post("/messages", sms, key);
    expect(theirs.body.id).not.toBe(first.body.id);
    expect((await client.post("/contacts", { name: "Ada" }, key)).status).toBe(201);
  });

  test("a refusal is the first answer too; an unreadable key is told", async () => {
    const bad = { ...sms, to: "12" };
    await client.post("/messages", bad, key);
    const again = await client.post("/messages", bad, key);
    expect(again).toMatchObject({ status: 422, body: { code: "invalid_phone_number" } });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const odd = await client.post("/messages", sms, { "idempotency-key": "a b" });
    expect(odd.body.errors[0].path).toBe("Idempotency-Key");
  });

  test("an answer is not kept in clear", async () => {
    await client.post("/messages", { ...sms, body: "very private" }, key);
    const rows = await deps.sql`select response_body::text as body from idempotency_keys`;
    expect(JSON.stringify(rows)).not.toContain("very private");
  });
});

describe("reading", () => {
  test("R114 R211 newest first, in pages that neither skip nor double", async () => {
    const sent: string[] = [];
    for (let n = 0; n < 5; n++) {
      sent.push((await client.post("/messages", { ...sms, body: `${n}` })).body.id);
      // Two of the same millisecond, then a later one.
      if (n % 2) deps.clock.advance(1);
    }
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await client.get(`/messages?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.body.data.length).toBeLessThanOrEqual(2);
      seen.push(...page.body.data.map((message: { id: string }) => message.id));
      cursor = page.body.nextCursor;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(sent));
    expect(seen[0]).toBe(sent[4]);
  });

  test("filters by channel, status, direction, recipient, conversation and time", async () => {
    const conversation = await createConversation(deps, workspace);
    await addMessage(deps, workspace, conversation, {});
    const { body } = await client.post("/messages", sms);
    const ids = async (query: string) =>
      (await client.get(`/messages?${query}`)).body.data.map((m: { id: string }) => m.id);
    expect(await ids("direction=out")).toEqual([body.id]);
    expect(await ids("to=06+12+34+56+78")).toEqual([body.id]);
    expect(await ids("status=queued&channel=sms")).toEqual([body.id]);
    expect(await ids(`conversationId=${body.conversationId}`)).toEqual([body.id]);
    expect(await ids("channel=whatsapp")).toEqual([]);
    expect(await ids(`since=${deps.clock.now().toISOString()}`)).toHaveLength(2);
    expect(await ids(`until=${deps.clock.now().toISOString()}`)).toEqual([]);
  });

  test("a bad limit, cursor or filter is 422", async () => {
    const bad = ["limit=0", "limit=201", "limit=x", "cursor=abc", "status=lost"];
    const never = ["since=0000-01-01T00:00:00Z", "until=9999-12-31T23:59:59-12:00"];
    for (const query of [...bad, ...never]) {
      expect((await client.get(`/messages?${query}`)).status, query).toBe(422);
    }
    expect((await client.get("/messages?until=9999-12-31T23:59:59Z")).status).toBe(200);
  });

  test("what is missing is said to be missing", async () => {
    const { body } = await client.post("/messages", { channel: "sms", body: "x" });
    expect(body.errors).toEqual([{ path: "to", message: "Missing: it must be given" }]);
  });

  test("R211 R314 one message comes with its timeline", async () => {
    const { body } = await client.post("/messages", sms);
    const one = await client.get(`/messages/${body.id}`);
    expect(one.body).toMatchObject({ id: body.id, timeline: [{ event: "queued" }] });
  });

  test("another workspace's, an unknown and a malformed id are not found", async () => {
    const other = await createWorkspace(deps);
    const stranger = await createClient(deps, other.workspaceId);
    const { body } = await client.post("/messages", sms);
    for (const id of [body.id, deps.chance.uuid(), "1", "null"]) {
      const { status, body: problem } = await stranger.get(`/messages/${id}`);
      expect({ status, code: problem.code }).toEqual({ status: 404, code: "not_found" });
    }
    expect((await stranger.get("/messages")).body).toEqual({ data: [], nextCursor: null });
    expect((await stranger.post(`/messages/${body.id}/cancel`, "")).status).toBe(404);
    expect((await stranger.post(`/messages/${body.id}/retry`, "")).status).toBe(404);
  });
});

describe("cancel and retry", () => {
  test("what was not handed over is taken back once; then it is too late", async () => {
    const { body } = await client.post("/messages", sms);
    const canceled = await client.post(`/messages/${body.id}/cancel`, "");
    expect(canceled).toMatchObject({ status: 200, body: { status: "canceled" } });
    const late = await client.post(`/messages/${body.id}/cancel`, "");
    expect(late).toMatchObject({ status: 409, body: { code: "too_late" } });
  });

  test("retry truly queues a failed message again, and refuses one that has not failed", async () => {
    const { body } = await client.post("/messages", sms);
    const early = await client.post(`/messages/${body.id}/retry`, "");
    expect(early).toMatchObject({ status: 409, body: { code: "not_retryable" } });
    await deps.db.update(messages).set({ status: "failed" }).where(eq(messages.id, body.id));
    deps.bells.length = 0;
    deps.clock.advance(10_000);
    const again = await client.post(`/messages/${body.id}/retry`, "");
    expect(again).toMatchObject({ status: 202, body: { id: body.id, status: "queued" } });
    expect(deps.bells).toHaveLength(1);
    expect(await deps.db.$count(attempts)).toBe(0);
  });
});
