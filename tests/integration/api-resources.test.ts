import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog, integrations, integrationViewers, labels } from "../../db/schema";
import { wakeSnoozed } from "../../lib/conversations/wake-snoozed";
import { createClient, installRuntime } from "../support/api";
import { addMessage, createConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let admin: Awaited<ReturnType<typeof createClient>>;
let stranger: typeof admin;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  admin = await createClient(deps, workspace.workspaceId);
  stranger = await createClient(deps, (await createWorkspace(deps)).workspaceId);
});

/** A mobile number that no other test uses. */
let last = 0;
function nextNumber() {
  return `06${String(20_000_000 + ++last)}`;
}

describe("contacts", () => {
  test("are made, read, changed and deleted; numbers are stored as E.164", async () => {
    const value = nextNumber();
    const made = await admin.post("/contacts", {
      name: "Camille",
      attributes: { card: "A1" },
      addresses: [{ kind: "phone", value }],
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "Camille", addresses: [{ kind: "phone", value: `+33${value.slice(1)}` }] },
    });
    const path = `/contacts/${made.body.id}`;
    expect((await admin.get(path)).body).toEqual(made.body);
    const changed = await admin.patch(path, { company: "Nord" });
    expect(changed.body).toMatchObject({ name: "Camille", company: "Nord" });
    expect((await admin.get("/contacts?q=camil")).body.data).toHaveLength(1);
    expect((await admin.get("/contacts?q=nobody")).body.data).toEqual([]);
    expect((await admin.delete(path)).status).toBe(204);
    expect((await admin.get(path)).status).toBe(404);
    expect((await admin.delete(path)).status).toBe(404);
  });

  test("an address belongs to one person: 409 names them", async () => {
    const addresses = [{ kind: "phone", value: nextNumber() }];
    const first = await admin.post("/contacts", { addresses });
    const second = await admin.post("/contacts", { name: "Autre", addresses });
    expect(second).toMatchObject({
      status: 409,
      body: { code: "address_taken", contactId: first.body.id },
    });
    expect((await stranger.post("/contacts", { addresses })).status).toBe(201);
  });

  test("bad input is told by field; a repeated key makes one contact", async () => {
    const bad = await admin.post("/contacts", { addresses: [{ kind: "phone", value: "12" }] });
    expect(bad).toMatchObject({
      status: 422,
      body: { code: "invalid_phone_number", errors: [{ path: "addresses.0.value" }] },
    });
    for (const body of [{ locale: "de" }, { timeZone: "Mars" }, { name: "" }, { id: "x" }]) {
      expect((await admin.post("/contacts", body)).status, JSON.stringify(body)).toBe(422);
    }
    const key = { "idempotency-key": "c1" };
    const first = await admin.post("/contacts", { name: "Ada" }, key);
    expect((await admin.post("/contacts", { name: "Ada" }, key)).body.id).toBe(first.body.id);
    expect((await admin.get("/contacts?q=ada")).body.data).toHaveLength(1);
  });

  test("another workspace sees and touches none of them", async () => {
    const { body } = await admin.post("/contacts", { name: "Camille" });
    expect((await stranger.get("/contacts")).body.data).toEqual([]);
    const path = `/contacts/${body.id}`;
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.patch(path, { name: "X" })).status).toBe(404);
    expect((await stranger.delete(path)).status).toBe(404);
    expect((await admin.get(path)).body.name).toBe("Camille");
  });

  test("one with a history is kept", async () => {
    const { personId } = await createConversation(deps, workspace);
    const answer = await admin.delete(`/contacts/${personId}`);
    expect(answer).toMatchObject({ status: 409, body: { code: "contact_has_history" } });
  });
});

describe("conversations", () => {
  test("R407 R408 are listed, read and answered; the reply is rung and told", async () => {
    const conversation = await createConversation(deps, workspace, { name: "Camille" });
    await addMessage(deps, workspace, conversation, { body: "Où est mon livre ?" });
    const page = await admin.get("/conversations?state=open&assignee=none&q=camille");
    expect(page.body).toMatchObject({
      data: [{ id: conversation.id, contact: { name: "Camille" }, lastSeq: 1 }],
      nextCursor: null,
    });
    const path = `/conversations/${conversation.id}`;
    expect((await admin.get(path)).body).toMatchObject({ isOptedOut: false, state: "open" });
    const reply = await admin.post(`${path}/messages`, { body: "Il arrive", afterSeq: 1 });
    expect(reply).toMatchObject({
      status: 202,
      body: { status: "queued", to: conversation.address, body: "Il arrive" },
    });
    const thread = await admin.get(`${path}/messages`);
    expect(thread.body.data.map((m: { body: string }) => m.body).toSorted()).toEqual([
      "Il arrive",
      "Où est mon livre ?",
    ]);
    expect(deps.bells).toHaveLength(1);
  });

  test("a reply behind what others wrote is stopped with what is new, unless forced", async () => {
    const conversation = await createConversation(deps, workspace);
    await addMessage(deps, workspace, conversation);
    const { id } = await addMessage(deps, workspace, conversation, { body: "Et aussi…" });
    const path = `/conversations/${conversation.id}/messages`;
    const stopped = await admin.post(path, { body: "Oui", afterSeq: 1 });
    expect(stopped).toMatchObject({
      status: 409,
      body: { code: "conversation_moved", messages: [{ id, body: "Et aussi…" }] },
    });
    expect((await admin.post(path, { body: "Oui", afterSeq: 1, force: true })).status).toBe(202);
  });

  test("R409 a new conversation sends its first message at once and joins what there is", async () => {
    const to = nextNumber();
    const started = await admin.post("/conversations", { to, channel: "sms", body: "Bonjour" });
    expect(started).toMatchObject({
      status: 202,
      body: { conversation: { state: "open" }, message: { status: "queued", direction: "out" } },
    });
    const again = await admin.post("/conversations", { to, channel: "sms", body: "Encore" });
    expect(again.body.conversation.id).toBe(started.body.conversation.id);
    const contact = started.body.conversation.contact.id;
    const byContact = await admin.post("/conversations", { contact, body: "Et encore" });
    expect(byContact.body.conversation.id).toBe(started.body.conversation.id);
  });

  test("R028 what cannot be started is told by field", async () => {
    const mail = [{ kind: "email", value: "ada@example.org" }];
    const mailOnly = await admin.post("/contacts", { name: "Ada", addresses: mail });
    const cases: [object, string, string][] = [
      [{ body: "x" }, "to", "validation_failed"],
      [{ to: "12", body: "x" }, "to", "invalid_phone_number"],
      [{ to: nextNumber(), body: "" }, "body", "message_empty"],
      [{ to: nextNumber(), body: "x", channel: "email" }, "channel", "validation_failed"],
      [
        { to: nextNumber(), body: "x", channel: "whatsapp" },
        "integrationId",
        "integration_not_found",
      ],
      [{ contact: deps.chance.uuid(), body: "x" }, "contact", "contact_not_found"],
      [{ contact: mailOnly.body.id, body: "x" }, "contact", "contact_without_phone"],
    ];
    for (const [body, path, code] of cases) {
      const answer = await admin.post("/conversations", body);
      expect(answer, JSON.stringify(body)).toMatchObject({
        status: 422,
        body: { code, errors: [{ path }] },
      });
    }
  });

  test("PATCH changes all that is given, or nothing", async () => {
    const conversation = await createConversation(deps, workspace);
    const agent = await createUser(deps, workspace.workspaceId, "agent", "Léa");
    const labelId = deps.chance.uuid();
    const { workspaceId } = workspace;
    await deps.db.insert(labels).values({ id: labelId, workspaceId, name: "Urgent" });
    const path = `/conversations/${conversation.id}`;
    const all = { state: "resolved", assigneeId: agent.id, priority: "high", labels: [labelId] };
    const refused = await admin.patch(path, { ...all, labels: [labelId, deps.chance.uuid()] });
    expect(refused).toMatchObject({ status: 422, body: { code: "label_not_found" } });
    const nobody = await admin.patch(path, { ...all, assigneeId: deps.chance.uuid() });
    expect(nobody).toMatchObject({ status: 422, body: { code: "assignee_not_found" } });
    expect((await admin.get(path)).body).toMatchObject({
      state: "open",
      assignee: null,
      labels: [],
    });
    expect(deps.changes).toEqual([]);
    const done = await admin.patch(path, all);
    expect(done.body).toMatchObject({
      state: "resolved",
      assignee: { id: agent.id, name: "Léa" },
      priority: "high",
      labels: [{ id: labelId }],
    });
    expect(deps.changes.length).toBeGreaterThan(0);
    expect((await admin.patch(path, { state: "snoozed" })).status).toBe(422);
    expect((await admin.get(`/conversations?assignee=${agent.id}`)).body.data).toHaveLength(1);
    expect((await admin.get("/conversations?assignee=me")).status).toBe(422);
  });

  test("one is put aside until a moment, and comes back then, or when it is asked to", async () => {
    const { id } = await createConversation(deps, workspace);
    const path = `/conversations/${id}`;
    const snoozedUntil = new Date(deps.clock.now().getTime() + 3_600_000).toISOString();
    const aside = await admin.patch(path, { state: "snoozed", snoozedUntil });
    expect(aside).toMatchObject({ status: 200, body: { state: "snoozed", snoozedUntil } });
    expect(await wakeSnoozed(deps)).toEqual({ woken: 0 });
    const back = await admin.patch(path, { snoozedUntil: null });
    expect(back.body).toMatchObject({ state: "open", snoozedUntil: null });
    await admin.patch(path, { snoozedUntil });
    deps.clock.advance(3_600_000);
    deps.changes.length = 0;
    expect(await wakeSnoozed(deps)).toEqual({ woken: 1 });
    expect(deps.changes).toMatchObject([{ kind: "conversation", conversationId: id }]);
    expect((await admin.get(path)).body).toMatchObject({ state: "open", snoozedUntil: null });
    expect(await wakeSnoozed(deps)).toEqual({ woken: 0 });
  });

  test("a snooze that cannot be is told by field and changes nothing", async () => {
    const { id } = await createConversation(deps, workspace);
    const future = new Date(deps.clock.now().getTime() + 1000).toISOString();
    for (const [body, code] of [
      [{ state: "snoozed" }, "validation_failed"],
      [{ state: "resolved", snoozedUntil: future }, "validation_failed"],
      [{ priority: "high", snoozedUntil: deps.clock.now().toISOString() }, "snooze_in_past"],
    ] as const) {
      const answer = await admin.patch(`/conversations/${id}`, body);
      expect(answer).toMatchObject({
        status: 422,
        body: { code, errors: [{ path: "snoozedUntil" }] },
      });
    }
    const { body } = await admin.get(`/conversations/${id}`);
    expect(body).toMatchObject({ state: "open", priority: "normal" });
  });

  test("another workspace finds none of it", async () => {
    const conversation = await createConversation(deps, workspace);
    await addMessage(deps, workspace, conversation);
    const path = `/conversations/${conversation.id}`;
    expect((await stranger.get("/conversations")).body.data).toEqual([]);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.get(`${path}/messages`)).status).toBe(404);
    expect((await stranger.patch(path, { state: "resolved" })).status).toBe(404);
    expect((await stranger.post(`${path}/messages`, { body: "x" })).status).toBe(404);
    expect(
      (await stranger.post("/conversations", { contact: conversation.personId, body: "x" })).status,
    ).toBe(422);
  });
});

describe("users", () => {
  test("R003 R007 a user is made with a phone number, in any way of writing it", async () => {
    const phoneNumber = nextNumber();
    const email = `${deps.chance.uuid()}@example.test`;
    const made = await admin.post("/users", { name: "Léa", email, role: "agent", phoneNumber });
    expect(made).toMatchObject({
      status: 201,
      body: { email, role: "agent", phoneNumber: `+33${phoneNumber.slice(1)}`, isActive: true },
    });
    expect(made.body.passwordLink).toContain("https://carillon.test/");
    const path = `/users/${made.body.id}`;
    const other = nextNumber();
    const changed = await admin.patch(path, { phoneNumber: other, role: "member" });
    expect(changed.body).toMatchObject({ phoneNumber: `+33${other.slice(1)}`, role: "member" });
    expect((await admin.patch(path, { phoneNumber: null })).body.phoneNumber).toBeNull();
    expect((await admin.get("/users")).body.data.map((user: { id: string }) => user.id)).toEqual([
      made.body.id,
    ]);
    expect((await admin.delete(path)).status).toBe(204);
    expect((await admin.get(path)).body.isActive).toBe(false);
    expect((await admin.patch(path, { isActive: true })).body.isActive).toBe(true);
  });

  test("a number that cannot be theirs makes nobody; nothing changes by halves", async () => {
    const phoneNumber = nextNumber();
    const user = (email: string) => ({ name: "Léa", email, phoneNumber });
    const first = await admin.post("/users", user("one@example.test"));
    const taken = await admin.post("/users", user("two@example.test"));
    expect(taken).toMatchObject({ status: 409, body: { code: "number_taken" } });
    const bad = await admin.post("/users", { ...user("two@example.test"), phoneNumber: "12" });
    expect(bad).toMatchObject({ status: 422, body: { code: "invalid_phone_number" } });
    expect((await admin.get("/users")).body.data).toHaveLength(1);
    const half = await admin.patch(`/users/${first.body.id}`, { role: "admin", phoneNumber: "12" });
    expect(half.status).toBe(422);
    expect((await admin.get(`/users/${first.body.id}`)).body.role).toBe("agent");
    const again = await admin.post("/users", { name: "X", email: "one@example.test" });
    expect(again).toMatchObject({ status: 409, body: { code: "email_taken" } });
    const weak = await admin.post("/users", { name: "X", email: "x@example.test", password: "aa" });
    expect(weak).toMatchObject({ status: 422, body: { errors: [{ path: "password" }] } });
  });

  test("nobody gives out or touches a role above their own; the last owner stays", async () => {
    const owner = await createUser(deps, workspace.workspaceId, "owner");
    const above = await admin.post("/users", {
      name: "X",
      email: "x2@example.test",
      role: "owner",
    });
    expect(above).toMatchObject({ status: 403, body: { code: "role_too_high" } });
    const down = await admin.patch(`/users/${owner.id}`, { role: "member" });
    expect(down).toMatchObject({ status: 403, body: { code: "role_too_high" } });
    const boss = await createClient(deps, workspace.workspaceId, { role: "owner" });
    const gone = await boss.delete(`/users/${owner.id}`);
    expect(gone).toMatchObject({ status: 409, body: { code: "last_owner" } });
  });

  test("pages follow each other; another workspace sees nobody; agents are refused", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.push((await createUser(deps, workspace.workspaceId, "agent")).id);
      deps.clock.advance(1);
    }
    const first = await admin.get("/users?limit=2");
    const second = await admin.get(`/users?limit=2&cursor=${first.body.nextCursor}`);
    const seen = [...first.body.data, ...second.body.data].map((user: { id: string }) => user.id);
    expect(seen).toEqual(ids);
    expect(second.body.nextCursor).toBeNull();
    expect((await stranger.get(`/users/${ids[0]}`)).status).toBe(404);
    expect((await stranger.patch(`/users/${ids[0]}`, { role: "admin" })).status).toBe(404);
    expect((await stranger.delete(`/users/${ids[0]}`)).status).toBe(404);
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    expect((await agent.get("/users")).status).toBe(403);
  });
});

describe("integrations", () => {
  const sid = `AC${"0123456789abcdef".repeat(2)}`;
  const input = { name: "Accueil", type: "sms", accountId: sid, apiKey: "s3cret-token" };

  test("R401 R404 are made, read, changed and deleted; the token is never shown", async () => {
    const made = await admin.post("/integrations", { ...input, phoneNumber: "01 99 00 11 22" });
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: "Accueil",
        type: "sms",
        provider: "twilio",
        accountId: sid,
        phoneNumber: "+33199001122",
        isActive: true,
        hasApiKey: true,
        check: { ok: true },
      },
    });
    const path = `/integrations/${made.body.id}`;
    const off = await admin.patch(path, { isActive: false, name: "Fermé" });
    expect(off.body).toMatchObject({ isActive: false, name: "Fermé" });
    const list = await admin.get("/integrations");
    expect(list.body.data).toHaveLength(2);
    const [audit] = await deps.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.workspaceId, workspace.workspaceId));
    for (const answer of [made.body, off.body, list.body, audit]) {
      expect(JSON.stringify(answer)).not.toContain("s3cret-token");
    }
    expect((await admin.delete(path)).status).toBe(204);
    expect((await admin.get(path)).status).toBe(404);
  });

  test("bad credentials, a bad SID and a taken sender are refused in words", async () => {
    const phoneNumber = "+33199003344";
    const bad = await admin.post("/integrations", { ...input, accountId: "XX1", phoneNumber });
    expect(bad).toMatchObject({ status: 422, body: { errors: [{ path: "accountId" }] } });
    deps.provider.testConnection = async () =>
      ({ ok: false, fault: "credentials", message: "Account SID ou Auth Token invalide" }) as never;
    const refused = await admin.post("/integrations", { ...input, phoneNumber });
    expect(refused).toMatchObject({
      status: 422,
      body: { code: "credentials", errors: [{ path: "apiKey" }] },
    });
    const taken = await createWorkspace(deps);
    deps.provider.testConnection = async () => ({ ok: true, accountName: "x", senders: null });
    const theirs = await admin.post("/integrations", {
      ...input,
      accountId: taken.account.sid,
      phoneNumber: taken.integration.sender,
    });
    expect(theirs).toMatchObject({ status: 409, body: { code: "sender_taken" } });
  });

  test("R104 a test asks the provider, and with a number sends a true text", async () => {
    const path = `/integrations/${workspace.integration.id}/test`;
    expect((await admin.post(path, {})).body).toMatchObject({ check: { ok: true }, message: null });
    const sent = await admin.post(path, { to: nextNumber() });
    expect(sent.body.message).toMatchObject({ status: "queued", providerId: null });
    const bad = await admin.post(path, { to: "12" });
    expect(bad).toMatchObject({ status: 422, body: { errors: [{ path: "to" }] } });
  });

  test("what waited on a stopped number is released by an administrator, once it works", async () => {
    const { id } = workspace.integration;
    const path = `/integrations/${id}/release`;
    const sender = eq(integrations.id, id);
    await deps.db
      .update(integrations)
      .set({ stoppedAt: deps.clock.now(), stoppedCode: "21606" })
      .where(sender);
    const conversation = await createConversation(deps, workspace);
    const waiting = await addMessage(deps, workspace, conversation, {
      direction: "out",
      status: "paused",
      statusReason: "sender_stopped",
      pausedAt: deps.clock.now(),
      sendAfter: deps.clock.now(),
    });
    expect(await admin.post(path, {})).toMatchObject({
      status: 409,
      body: { code: "still_stopped" },
    });
    await deps.db.update(integrations).set({ stoppedAt: null, stoppedCode: null }).where(sender);
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    expect((await agent.post(path, {})).status).toBe(403);
    expect((await stranger.post(path, {})).status).toBe(404);
    expect((await admin.post(path, { dropBefore: "yesterday" })).status).toBe(422);
    expect((await admin.post(path, {})).body).toEqual({ sent: 1, dropped: 0 });
    const shown = await admin.get(`/messages/${waiting.id}`);
    expect(shown.body.status).toBe("queued");
  });

  test("agents see only the numbers they may, and change none; strangers see nothing", async () => {
    const path = `/integrations/${workspace.integration.id}`;
    const agent = await createClient(deps, workspace.workspaceId, { role: "agent" });
    expect((await agent.get(path)).status).toBe(200);
    expect((await agent.patch(path, { name: "X" })).status).toBe(403);
    expect((await agent.delete(path)).status).toBe(403);
    expect((await agent.post(`${path}/test`, {})).status).toBe(403);
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.patch(path, { name: "X" })).status).toBe(404);
    expect((await stranger.delete(path)).status).toBe(404);
    expect((await stranger.post(`${path}/test`, {})).status).toBe(404);
  });

  test("pages follow each other, oldest first", async () => {
    for (const n of [1, 2]) {
      deps.clock.advance(1000);
      await admin.post("/integrations", { ...input, phoneNumber: `+3319900660${n}` });
    }
    const first = await admin.get("/integrations?limit=2");
    expect(first.body.data).toHaveLength(2);
    const rest = await admin.get(`/integrations?limit=2&cursor=${first.body.nextCursor}`);
    expect(rest.body.nextCursor).toBeNull();
    const senders = [...first.body.data, ...rest.body.data].map((row) => row.phoneNumber);
    expect(senders).toEqual([workspace.integration.sender, "+33199006601", "+33199006602"]);
    expect((await admin.get("/integrations?limit=0")).status).toBe(422);
  });

  test("one may be shown to some people only, of this workspace", async () => {
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const path = `/integrations/${workspace.integration.id}`;
    const shown = await admin.patch(path, { isVisibleToAll: false, viewerIds: [user.id] });
    expect(shown.body.isVisibleToAll).toBe(false);
    expect(await deps.db.$count(integrationViewers, eq(integrationViewers.userId, user.id))).toBe(
      1,
    );
  });
});

describe("media", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );

  async function upload(bytes: Buffer, name: string, type: string, more?: Record<string, string>) {
    const form = new FormData();
    form.append("file", new File([new Uint8Array(bytes)], name, { type }));
    const encoded = new Response(form);
    const body = Buffer.from(await encoded.arrayBuffer());
    const contentType = encoded.headers.get("content-type") ?? "";
    return admin.call("POST", "/media", {
      body,
      headers: { "content-type": contentType, ...more },
    });
  }

  test("a repeated upload is the first one, whatever boundary the client drew", async () => {
    const key = { "idempotency-key": "photo-1" };
    const first = await upload(png, "photo.png", "image/png", key);
    const again = await upload(png, "photo.png", "image/png", key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = await upload(png, "other.png", "image/png", key);
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
  });

  test("R417 a picture is uploaded, sent and read back, in parts too", async () => {
    const made = await upload(png, "photo.png", "text/html");
    expect(made).toMatchObject({
      status: 201,
      body: { fileName: "photo.png", contentType: "image/png", size: png.length, width: 1 },
    });
    const path = `/media/${made.body.id}`;
    const whole = await admin.get(path);
    expect(whole.headers.get("content-type")).toBe("image/png");
    expect(whole.headers.get("x-content-type-options")).toBe("nosniff");
    const part = await admin.call("GET", path, { headers: { range: "bytes=1-3" } });
    expect(part).toMatchObject({ status: 206, body: "PNG" });
    expect(part.headers.get("content-range")).toBe(`bytes 1-3/${png.length}`);
    const message = { channel: "sms", to: nextNumber(), mediaIds: [made.body.id] };
    const sent = await admin.post("/messages", message);
    const shown = { kind: "text", body: "", mediaAsLinks: true, mediaIds: [made.body.id] };
    expect(sent.body).toMatchObject(shown);
    const twice = await admin.post("/messages", message);
    expect(twice).toMatchObject({ status: 422, body: { code: "media_not_found" } });
    expect((await stranger.get(path)).status).toBe(404);
  });

  test("nothing, the wrong thing and too much are refused", async () => {
    expect((await upload(Buffer.alloc(0), "x.png", "image/png")).body.code).toBe("media_empty");
    const wrong = await upload(Buffer.from("<script>1</script>"), "x.html", "text/html");
    expect(wrong.status).toBe(422);
    expect((await admin.post("/media", { file: "x" })).status).toBe(422);
    const huge = await upload(Buffer.alloc(17_000_000, 65), "x.txt", "text/plain");
    expect(huge).toMatchObject({ status: 413, body: { code: "too_large" } });
  });
});
