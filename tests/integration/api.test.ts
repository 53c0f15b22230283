import { createServer } from "node:http";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { GET as getDocument } from "../../app/openapi.json/route";
import { openDatabase } from "../../db/client";
import { apiKeys, memberships } from "../../db/schema";
import { AUTH_SECRET, callApi, createClient, installRuntime, read } from "../support/api";
import { openTestDatabase } from "../support/database";
import { type TestDeps, testDeps } from "../support/deps";
import { close, listen, originOf } from "../support/engine";
import { mintSessionCookie } from "../support/session";
import { createUser, createWorkspace, type TestWorkspace } from "../support/workspace";

const database = openTestDatabase();
let deps: TestDeps;
let workspace: TestWorkspace;
let client: Awaited<ReturnType<typeof createClient>>;

beforeEach(async () => {
  deps = testDeps(database);
  installRuntime(deps);
  workspace = await createWorkspace(deps);
  client = await createClient(deps, workspace.workspaceId);
});

const json = { "content-type": "application/json" };

describe("who calls", () => {
  test("R229 nobody, a wrong key, a revoked key: 401 as problem+json", async () => {
    const wrong = [undefined, "Bearer", "Bearer crl_wrong", "Basic eDp5", client.authorization];
    await deps.db.update(apiKeys).set({ revokedAt: deps.clock.now() });
    for (const authorization of wrong) {
      const headers: Record<string, string> = authorization ? { authorization } : {};
      const answer = await read(await callApi("/messages", { headers }));
      expect(answer.status, authorization).toBe(401);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(answer.body).toMatchObject({ status: 401, title: expect.any(String) });
    }
  });

  test("R229 a key's role and scopes confine it", async () => {
    const { workspaceId } = workspace;
    const member = await createClient(deps, workspaceId, { role: "member" });
    expect(await member.get("/messages")).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    const reader = await createClient(deps, workspaceId, { scopes: ["messages:read"] });
    expect((await reader.get("/messages")).status).toBe(200);
    const sms = { channel: "sms", to: "0612345678", body: "x" };
    const refused = await reader.post("/messages", sms);
    expect(refused).toMatchObject({ status: 403, body: { code: "scope_missing" } });
    expect((await reader.get("/contacts")).status).toBe(403);
  });

  test("a signed-in browser reads, and writes from our own pages only", async () => {
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const { appUrl } = deps.settings;
    const cookie = await mintSessionCookie(deps, {
      userId: user.id,
      authSecret: AUTH_SECRET,
      appUrl,
    });
    const headers = { ...json, cookie: `${cookie.name}=${cookie.value}` };
    expect((await callApi("/messages", { headers })).status).toBe(200);
    const post = (extra: Record<string, string>) =>
      callApi("/contacts", {
        method: "POST",
        headers: { ...headers, ...extra },
        body: JSON.stringify({ name: "Ada" }),
      });
    expect((await post({ origin: "https://evil.example" })).status).toBe(401);
    expect((await post({})).status).toBe(401);
    expect((await post({ origin: appUrl })).status).toBe(201);
    await deps.db
      .update(memberships)
      .set({ role: "member" })
      .where(eq(memberships.userId, user.id));
    expect((await callApi("/messages", { headers })).status).toBe(403);
  });
});

describe("what is asked", () => {
  test("an unknown path is 404 and an unknown method 405, as problem+json", async () => {
    for (const path of ["/nothing", "/messages/a/b/c", "/webhooks"]) {
      const answer = await read(await callApi(path));
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
    const answer = await read(await callApi("/messages", { method: "DELETE" }));
    expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(answer.headers.get("allow")).toBe("GET, POST");
  });

  test("R230 a body that is no JSON, is wrongly encoded or too large", async () => {
    expect(await client.post("/contacts", "{")).toMatchObject({
      status: 400,
      body: { code: "invalid_json" },
    });
    expect((await client.post("/contacts", Buffer.from([0x22, 0xff, 0x22]))).status).toBe(400);
    expect((await client.post("/contacts", "")).status).toBe(400);
    const notes = "x".repeat(1_000_001);
    expect(await client.post("/contacts", { notes })).toMatchObject({
      status: 413,
      body: { code: "too_large" },
    });
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    });
    const endless = await callApi("/contacts", {
      method: "POST",
      headers: { authorization: client.authorization },
      body,
      duplex: "half",
    } as RequestInit);
    expect(endless.status).toBe(413);
  });

  test("R230 hostile text is data: kept as it is, never run", async () => {
    const name = "Robert'); drop table messages;-- <script>alert(1)</script> \u202Eevil";
    const made = await client.post("/contacts", { name });
    expect(made.body.name).toBe(name);
    expect((await client.get(`/contacts?q=${encodeURIComponent("%_'\\")}`)).status).toBe(200);
    const zero = await client.post("/contacts", { name: "a\u0000b" });
    expect(zero.status).toBe(422);
  });
});

describe("what goes wrong", () => {
  test("an exception is 500 without a word of it, and logged", async () => {
    const broken = { ...deps, clock: { now: fail, monotonic: fail } };
    installRuntime(broken as never);
    const answer = await read(
      await callApi("/messages", { headers: { authorization: client.authorization } }),
    );
    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(JSON.stringify(answer.body)).not.toMatch(/secret detail|\.ts|at /);
    expect(deps.lines.find((line) => line.level === "error")?.message).toBe("[API] failed");
  });

  test("no database: 503 with Retry-After, and it recovers by itself", async () => {
    const nobody = createServer();
    await listen(nobody, 0);
    const { port } = new URL(originOf(nobody));
    await close(nobody);
    const gone = openDatabase(`postgres://x:x@127.0.0.1:${port}/x`);
    installRuntime({ ...deps, db: gone.db, sql: gone.sql });
    const headers = { authorization: client.authorization };
    const answer = await read(await callApi("/messages", { headers }));
    expect(answer).toMatchObject({ status: 503, body: { code: "database_unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("2");
    await gone.close();
    installRuntime(deps);
    expect((await callApi("/messages", { headers })).status).toBe(200);
  });
});

describe("a database that hangs", () => {
  test("is told as 503 before anything is done, to keys and browsers alike", async () => {
    const { appUrl } = deps.settings;
    const user = await createUser(deps, workspace.workspaceId, "agent");
    const input = { userId: user.id, authSecret: AUTH_SECRET, appUrl };
    const cookie = await mintSessionCookie(deps, input);
    const callers: Record<string, string>[] = [
      { authorization: client.authorization },
      { cookie: `${cookie.name}=${cookie.value}`, origin: appUrl },
    ];
    const answers = await deps.db.transaction(async (tx) => {
      await tx.execute("lock table api_keys, sessions in access exclusive mode");
      const body = JSON.stringify({ name: "Ada" });
      const calls = callers.map((headers) =>
        callApi("/contacts", { method: "POST", headers: { ...json, ...headers }, body }),
      );
      return Promise.all(calls);
    });
    for (const answer of answers) {
      expect(await read(answer)).toMatchObject({
        status: 503,
        body: { code: "database_unavailable" },
      });
    }
    expect((await client.get("/contacts")).body.data).toEqual([]);
  });
});

describe("R235 /openapi.json", () => {
  test("is OpenAPI 3.1 and tells every operation with its answers", async () => {
    const document = await getDocument().json();
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        "/messages",
        "/messages/{id}",
        "/messages/{id}/cancel",
        "/messages/{id}/retry",
        "/conversations",
        "/conversations/{id}",
        "/conversations/{id}/messages",
        "/contacts",
        "/contacts/{id}",
        "/integrations",
        "/integrations/{id}",
        "/integrations/{id}/test",
        "/media",
        "/media/{id}",
        "/users",
        "/users/{id}",
      ]),
    );
    const send = document.paths["/messages"].post;
    expect(send.requestBody.content["application/json"].schema.example).toMatchObject({
      channel: "sms",
    });
    expect(Object.keys(send.responses)).toEqual(
      expect.arrayContaining(["202", "401", "403", "409", "413", "422", "503"]),
    );
    expect(send.parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      "Idempotency-Key",
    ]);
    expect(document.components.schemas.Message.properties.status.enum).toContain("unconfirmed");
  });

  test("every reference in it leads somewhere and every operation has its own name", async () => {
    const document = await getDocument().json();
    const text = JSON.stringify(document);
    for (const [, name = ""] of text.matchAll(/#\/components\/schemas\/([\w-]+)/g)) {
      expect(document.components.schemas).toHaveProperty(name);
    }
    const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

function fail(): never {
  throw new Error("a secret detail");
}
