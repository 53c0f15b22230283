import { createServer, type IncomingMessage } from "node:http";
import { expect, test } from "@playwright/test";
import { createClient } from "../support/api";
import { type AppProcess, freePort, launchApp } from "../support/app-process";
import { createConversation } from "../support/conversation";
import { close, listen, originOf } from "../support/engine";
import { startRunningApp } from "../support/running-app";
import { type SimulatorProcess, startSimulatorProcess } from "../support/simulator-process";
import { createWorkspace } from "../support/workspace";

/** Processes of one role on one database, and a job engine that is a service of its own. */
let simulator: SimulatorProcess;
let web: Awaited<ReturnType<typeof startRunningApp>>;
let worker: AppProcess;
let workerOrigin: string;

test.beforeAll(async () => {
  simulator = await startSimulatorProcess({
    folder: test.info().outputPath("simulator"),
    port: await freePort(),
  });
  const shared = { TWILIO_API_URL: simulator.url, DEMO: "false" };
  web = await startRunningApp({ ...shared, ROLE: "web" });
  const port = await freePort();
  workerOrigin = `http://127.0.0.1:${port}`;
  worker = launchApp({
    ...shared,
    ROLE: "worker",
    PORT: String(port),
    DATABASE_URL: web.databaseUrl,
    DATA_DIR: test.info().outputPath("worker"),
    AUTH_SECRET: web.authSecret,
    ENCRYPTION_KEY: "00".repeat(32),
    APP_URL: web.origin,
    INNGEST_DEV: "",
    SCHEDULER_INTERVAL_SECONDS: "3600",
  });
  await worker.answers("/api/health");
});

test.afterAll(async () => {
  await worker?.end();
  await web?.stop();
  await simulator?.stop();
});

test("a worker serves the job engine and the health check, and nothing else", async () => {
  expect((await fetch(`${workerOrigin}/api/health`)).status).toBe(200);
  expect((await fetch(`${workerOrigin}/api/inngest`)).status).not.toBe(404);
  for (const path of [
    "/login",
    "/inbox",
    "/api/v1/messages",
    "/api/webhooks/twilio",
    "/openapi.json",
  ]) {
    expect((await fetch(workerOrigin + path)).status, path).toBe(404);
  }
});

test("what a web process takes in, a worker sends at once, without waiting for its sweep", async () => {
  const { deps } = web;
  const workspace = await createWorkspace(deps);
  await simulator.register(workspace, `${web.origin}/api/webhooks/twilio`);
  const conversation = await createConversation(deps, workspace);
  const { authorization } = await createClient(deps, workspace.workspaceId, { role: "agent" });
  const response = await fetch(`${web.origin}/api/v1/conversations/${conversation.id}/messages`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ body: "across two processes" }),
  });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  const read = async () => {
    const answer = await fetch(`${web.origin}/api/v1/messages/${id}`, {
      headers: { authorization },
    });
    return ((await answer.json()) as { status: string }).status;
  };
  await expect.poll(read, { timeout: 20_000 }).toBe("delivered");
  expect(await simulator.control.messages({ marker: "across two processes" })).toHaveLength(1);
});

test("an app with a signing key signs itself on with its engine, and lets nobody ask for it unsigned", async () => {
  const seen: {
    path: string;
    authorization: string;
    body: { url: string; functions: unknown[] };
  }[] = [];
  const engine = createServer(async (request, response) => {
    const body = JSON.parse(await readText(request));
    seen.push({
      path: request.url ?? "",
      authorization: request.headers.authorization ?? "",
      body,
    });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ok: true, modified: true }));
  });
  await listen(engine, 0);
  const port = await freePort();
  const app = launchApp({
    ROLE: "worker",
    PORT: String(port),
    DATABASE_URL: web.databaseUrl,
    DATA_DIR: test.info().outputPath("hosted"),
    AUTH_SECRET: web.authSecret,
    ENCRYPTION_KEY: "00".repeat(32),
    DEMO: "false",
    INNGEST_DEV: "0",
    INNGEST_BASE_URL: originOf(engine),
    INNGEST_SIGNING_KEY: `signkey-test-${"ab".repeat(32)}`,
    INNGEST_EVENT_KEY: "an event key",
    INNGEST_SERVE_ORIGIN: "https://sms.example.org",
  });
  try {
    await app.answers("/api/health");
    await expect
      .poll(() => seen.map(({ path }) => path), { timeout: 20_000 })
      .toContain("/fn/register");
    const [registration] = seen;
    expect(registration?.authorization).toMatch(/^Bearer signkey-test-[0-9a-f]{64}$/);
    expect(registration?.body.url).toBe("https://sms.example.org/api/inngest");
    expect(registration?.body.functions.length).toBeGreaterThan(3);
    const unsigned = await fetch(`http://127.0.0.1:${port}/api/inngest`, { method: "PUT" });
    expect(unsigned.status).toBe(401);
    expect(seen.filter(({ path }) => path === "/fn/register")).toHaveLength(1);
  } finally {
    await app.end();
    await close(engine);
  }
});

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
