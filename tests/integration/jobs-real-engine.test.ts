import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { findJobRuns } from "../../db/queries/system/jobs";
import { createInngest } from "../../inngest/client";
import { createServeHandler } from "../../inngest/serve";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { close, listen, originOf, recordingLog } from "../support/engine";

/**
 * Our functions on a real Inngest server, where INNGEST_CLI names its binary. By environment alone:
 * the code is what the embedded engine runs.
 */
test("the client finds its engine by the environment alone", async () => {
  const paths: (string | undefined)[] = [];
  const engine = createServer((request, response) => {
    paths.push(request.url);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ids: ["01M7W000000000000000000000"], status: 200 }));
  });
  await listen(engine, 0);
  const former = { ...process.env };
  const log = recordingLog();
  const event = { name: "jobs/due", data: { job: "none" } };
  try {
    Object.assign(process.env, { INNGEST_DEV: originOf(engine) });
    await createInngest(log).send(event);
    const hosted = { INNGEST_DEV: "0", INNGEST_BASE_URL: originOf(engine), INNGEST_EVENT_KEY: "k" };
    Object.assign(process.env, hosted);
    await createInngest(log).send(event);
    expect(paths).toEqual(["/e/NO_EVENT_KEY_SET", "/e/k"]);
  } finally {
    process.env = former;
    await close(engine);
  }
});

const binary = process.env.INNGEST_CLI;
const database = binary ? openTestDatabase() : null;

if (binary && database) {
  const key = randomBytes(32).toString("hex");
  const cases: [string, (port: number, app: string) => string[], Record<string, string>][] = [
    ["dev", (port, app) => ["dev", "--no-discovery", "--port", `${port}`, "-u", app], {}],
    [
      "start",
      (port, app) => [
        ...["start", "--port", `${port}`, "-u", app],
        ...[
          "--signing-key",
          key,
          "--event-key",
          key,
          "--sqlite-dir",
          `/tmp/inngest-${key.slice(0, 8)}`,
        ],
      ],
      { INNGEST_EVENT_KEY: key, INNGEST_SIGNING_KEY: `signkey-test-${key}` },
    ],
  ];
  test.each(cases)(
    "our functions run on `inngest %s`",
    { timeout: 120_000 },
    async (mode, args, keys) => {
      const deps = testDeps(database);
      const port = await freePort();
      const env = mode === "dev" ? { INNGEST_DEV: `http://127.0.0.1:${port}` } : keys;
      const former = { ...process.env };
      Object.assign(
        process.env,
        { INNGEST_DEV: "0", INNGEST_BASE_URL: `http://127.0.0.1:${port}` },
        env,
      );
      const app = await serveApp(() => deps);
      const server = spawn(binary, args(port, `${originOf(app)}/api/inngest`), { stdio: "ignore" });
      try {
        const client = createInngest(deps.log);
        const runs = async () => (await findJobRuns(deps.db, "housekeeping", 50)).length;
        const already = await runs();
        // Events accepted before the first sync start nothing, so the bell is rung until it is heard.
        await expect
          .poll(
            async () => {
              await client
                .send({ name: "jobs/due", data: { job: "housekeeping" } })
                .catch(() => undefined);
              return runs();
            },
            { timeout: 90_000, interval: 2000 },
          )
          .toBeGreaterThan(already);
      } finally {
        server.kill("SIGKILL");
        await close(app);
        process.env = former;
      }
    },
  );
}

async function freePort() {
  const server = createServer();
  await listen(server, 0);
  const port = Number(new URL(originOf(server)).port);
  await close(server);
  return port;
}

async function serveApp(getDeps: Parameters<typeof createServeHandler>[0]["getDeps"]) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = request.method as "GET" | "POST" | "PUT";
    const asked = new Request(`${originOf(server)}${request.url}`, {
      method,
      headers: request.headers as Record<string, string>,
      ...(method === "GET" ? {} : { body: Buffer.concat(chunks) }),
    });
    const answer = await handler[method](asked as never, undefined);
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await listen(server, 0);
  const handler = createServeHandler({
    getDeps,
    serveOrigin: originOf(server),
    allowUnsignedSync: true,
  });
  return server;
}
