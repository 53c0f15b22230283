import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { blobs, conversations, integrationViewers, media, messages } from "../../db/schema";
import { AUTH_SECRET, callApi, installRuntime, read } from "../support/api";
import { addMessage, createConversation, type TestConversation } from "../support/conversation";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { mintSessionCookie } from "../support/session";
import { createIntegration, createUser, createWorkspace } from "../support/workspace";

/** A number that only some may see: what an agent outside meets at every door of the API. */
const database = openTestDatabase();
const SECRET = "SECRET-4711";

let deps: TestDeps;
let hiddenId: string;
let hidden: TestConversation;
let failedId: string;
let mediaId: string;
let call: (method: string, path: string, body?: unknown) => ReturnType<typeof read>;
let agentId: string;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  const workspace = await createWorkspace(deps);
  const { workspaceId } = workspace;
  const second = await createIntegration(deps, workspace, { isVisibleToAll: false });
  hiddenId = second.id;
  const inHidden = { ...workspace, integration: second };
  hidden = await createConversation(deps, inHidden, { name: "Ada Cachée" });
  await addMessage(deps, inHidden, hidden, { body: SECRET });
  const failed = { direction: "out", status: "failed", body: SECRET, lane: "interactive" } as const;
  failedId = (await addMessage(deps, inHidden, hidden, failed)).id;
  mediaId = await addPicture(workspaceId);
  const seen = await createConversation(deps, workspace, { name: "Ben Visible" });
  await addMessage(deps, workspace, seen, { body: "Bonjour" });
  agentId = (await createUser(deps, workspaceId, "agent")).id;
  call = await signIn(agentId);
});

async function addPicture(workspaceId: typeof blobs.$inferInsert.workspaceId) {
  const row = { workspaceId, createdAt: deps.clock.now(), contentType: "image/png" };
  const [blobId, id] = [deps.chance.uuid(), deps.chance.uuid()];
  const bytes = Buffer.from(SECRET);
  await deps.db.insert(blobs).values({ ...row, id: blobId, bytes, size: 11, sha256: id });
  const file = { ...row, id, blobId, messageId: failedId };
  await deps.db.insert(media).values({ ...file, direction: "in", status: "stored" });
  return id;
}

async function signIn(userId: string) {
  const { appUrl } = deps.settings;
  const cookie = await mintSessionCookie(deps, { userId, authSecret: AUTH_SECRET, appUrl });
  const headers = {
    cookie: `${cookie.name}=${cookie.value}`,
    origin: appUrl,
    "content-type": "application/json",
  };
  return async (method: string, path: string, body?: unknown) =>
    read(
      await callApi(path, {
        method,
        headers,
        body: body === undefined ? body : JSON.stringify(body),
      }),
    );
}

describe("R229 an agent who may not see a number", () => {
  test("finds none of its conversations, messages and files, by list, search or id", async () => {
    const lists = ["/conversations", "/conversations?q=cach", "/messages", "/integrations"];
    const filters = [`?integrationId=${hiddenId}`, "?state=open"].map((q) => `/conversations${q}`);
    for (const path of [...lists, ...filters, `/messages?conversationId=${hidden.id}`]) {
      const answer = await call("GET", path);
      expect(answer.status, path).toBe(200);
      const text = JSON.stringify(answer.body);
      for (const trace of [SECRET, hidden.id, hiddenId]) expect(text, path).not.toContain(trace);
    }
    const one = `/conversations/${hidden.id}`;
    const files = `/media/${mediaId}`;
    for (const path of [one, `${one}/messages`, `/messages/${failedId}`, files]) {
      expect((await call("GET", path)).status, path).toBe(404);
    }
    expect((await call("GET", `/integrations/${hiddenId}`)).status).toBe(404);
  });

  test("can change nothing there, nor write from it", async () => {
    const one = `/conversations/${hidden.id}`;
    const writes: [string, string, unknown][] = [
      ["PATCH", one, { state: "resolved" }],
      ["PATCH", one, { assigneeId: agentId }],
      ["POST", `${one}/messages`, { body: "attack", force: true }],
      ["POST", `/messages/${failedId}/retry`, undefined],
      ["POST", `/messages/${failedId}/cancel`, undefined],
    ];
    for (const [method, path, body] of writes) {
      expect((await call(method, path, body)).status, `${method} ${path}`).toBe(404);
    }
    const from = { to: "0612345678", channel: "sms", body: "attack", integrationId: hiddenId };
    for (const path of ["/messages", "/conversations"]) {
      const answer = await call("POST", path, from);
      expect(answer, path).toMatchObject({ status: 422, body: { code: "integration_not_found" } });
    }
    const [row] = await deps.db.select().from(conversations).where(eq(conversations.id, hidden.id));
    expect(row).toMatchObject({ state: "open", assigneeId: null, lastSeq: 2 });
    const [message] = await deps.db.select().from(messages).where(eq(messages.id, failedId));
    expect(message?.status).toBe("failed");
    expect(await deps.db.$count(messages, eq(messages.body, "attack"))).toBe(0);
  });

  test("sees and answers there from the very next request on, once they may", async () => {
    const one = `/conversations/${hidden.id}`;
    const [row] = await deps.db.select().from(conversations).where(eq(conversations.id, hidden.id));
    if (!row) throw new Error("the conversation is there");
    const { workspaceId } = row;
    const viewer = { workspaceId, integrationId: hiddenId, userId: agentId };
    await deps.db.insert(integrationViewers).values(viewer);
    expect((await call("GET", one)).body.contact.name).toBe("Ada Cachée");
    expect((await call("GET", `/media/${mediaId}`)).status).toBe(200);
    const reply = await call("POST", `${one}/messages`, { body: "Bonjour Ada", afterSeq: 2 });
    expect(reply).toMatchObject({ status: 202, body: { status: "queued", direction: "out" } });
    await deps.db.delete(integrationViewers);
    expect((await call("GET", one)).status).toBe(404);
  });
});
