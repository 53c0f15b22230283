import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findJobRuns } from "../../db/queries/system/jobs";
import { startEngine } from "../../inngest/embedded/engine";
import { signBody } from "../../inngest/embedded/signature";
import { createServeHandler } from "../../inngest/serve";
import { canonicalJson } from "../../lib/domain/canonical-json";
import type { Deps } from "../../lib/ports/deps";
import { openTestDatabase } from "../support/database";
import { testDeps } from "../support/deps";
import { close, EVENT_KEY, listen, originOf, recordingLog, SIGNING_KEY } from "../support/engine";

/** The exchanges of reference/inngest.md, replayed against the door that serves our own functions. */
const database = openTestDatabase();
const URL_OF_APP = "https://carillon.test/api/inngest";
const HASHED_KEY = /^Bearer signkey-test-[0-9a-f]{64}$/;

type Received = { url: string; authorization: string | undefined; body: unknown };

/** Stands where a real engine would: remembers what the app posts to it. */
const received: Received[] = [];
const engine = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = JSON.parse(Buffer.concat(chunks).toString() || "null");
  received.push({ url: request.url ?? "", authorization: request.headers.authorization, body });
  const answer = request.url?.startsWith("/e/")
    ? { ids: body.map(() => "01M7W000000000000000000000"), status: 200 }
    : { ok: true, modified: true, sync_id: "s", app_id: "a" };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
});

const before = { ...process.env };
beforeAll(async () => {
  await listen(engine, 0);
  Object.assign(process.env, {
    INNGEST_DEV: "0",
    INNGEST_BASE_URL: originOf(engine),
    INNGEST_EVENT_KEY: EVENT_KEY,
    INNGEST_SIGNING_KEY: SIGNING_KEY,
  });
});
afterAll(async () => {
  process.env = before;
  await close(engine);
});

type Options = { deps?: Deps; allowUnsignedSync?: boolean };

function door({ deps = testDeps(database), allowUnsignedSync = false }: Options = {}) {
  const handler = createServeHandler({
    getDeps: () => deps,
    serveOrigin: "https://carillon.test",
    allowUnsignedSync,
  });
  return (method: "GET" | "POST" | "PUT", request: Request) =>
    handler[method](request as never, undefined);
}

type Sent = { headers?: Record<string, string>; signature?: string | null; query?: string };

function makeRequest(
  method: "POST" | "PUT",
  body: unknown,
  { headers, signature, query }: Sent = {},
) {
  const signed =
    signature === undefined ? signBody(body, SIGNING_KEY, Date.now() / 1000) : signature;
  return new Request(`${URL_OF_APP}${query ?? ""}`, {
    method,
    body: JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      "x-inngest-server-kind": "cloud",
      ...(signed === null ? {} : { "x-inngest-signature": signed }),
      ...headers,
    },
  });
}

type CallOptions = {
  event?: Record<string, unknown>;
  steps?: Record<string, unknown>;
  stack?: string[];
  attempt?: number;
  maxAttempts?: number;
  version?: number;
};

function callBody(event: Record<string, unknown>, options: CallOptions = {}) {
  const { steps = {}, stack = [], attempt = 0, maxAttempts = 3, version = -1 } = options;
  const whole = { id: "01M7W", ts: 1_795_168_461_893, user: {}, data: {}, ...event };
  return {
    version,
    use_api: false,
    defers: {},
    event: whole,
    events: [whole],
    steps,
    ctx: {
      run_id: "01M7WRUN",
      fn_id: "0d7c0a2e-0000-4000-8000-000000000000",
      qi_id: "cXVldWU=",
      step_id: "step",
      env: "",
      attempt,
      max_attempts: maxAttempts,
      disable_immediate_execution: false,
      use_api: false,
      stack: { stack, current: stack.length },
    },
  };
}

async function call(
  functionId: string,
  event: Record<string, unknown>,
  options: CallOptions & Options & { sent?: Sent } = {},
) {
  const body = callBody(event, options);
  const request = makeRequest("POST", body, {
    query: `?fnId=carillon-${functionId}&stepId=step`,
    headers: { "x-run-id": "01M7WRUN", "x-inngest-req-version": String(body.version) },
    ...options.sent,
  });
  const response = await door(options)("POST", request);
  return { response, status: response.status, body: await response.json() };
}

const housekeeping = { name: "jobs/due", data: { job: "housekeeping" } };

describe("registration", () => {
  test("a signed sync registers every function under the fixed origin, whatever the Host header", async () => {
    received.length = 0;
    const request = makeRequest(
      "PUT",
      { url: "http://evil.example/api/inngest" },
      {
        headers: { host: "evil.example" },
      },
    );
    const response = await door()("PUT", request);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ message: "Successfully registered", modified: true });
    const [post] = received;
    expect(post?.url).toMatch(/^\/fn\/register/);
    expect(post?.authorization).toMatch(HASHED_KEY);
    const body = post?.body as { url: string; appName: string; functions: { id: string }[] };
    expect(body).toMatchObject({ url: URL_OF_APP, appName: "carillon", v: "0.1" });
    expect(JSON.stringify(body)).not.toContain("evil.example");
    expect(body.functions.map((fn) => fn.id)).toContain("carillon-dispatch-account-failure");
  });

  test("an unsigned sync is refused, and where it is allowed still registers our own address", async () => {
    received.length = 0;
    const hostile = { signature: null, headers: { host: "evil.example" } };
    const body = { url: "http://evil.example/api/inngest" };
    expect((await door()("PUT", makeRequest("PUT", body, hostile))).status).toBe(401);
    expect(received).toEqual([]);
    const open = door({ allowUnsignedSync: true });
    expect((await open("PUT", makeRequest("PUT", body, hostile))).status).toBe(200);
    expect(JSON.stringify(received)).not.toContain("evil.example");
  });

  test("in-band: the function list comes back in the answer and nothing is sent", async () => {
    received.length = 0;
    const request = makeRequest(
      "PUT",
      { url: URL_OF_APP },
      { headers: { "x-inngest-sync-kind": "in_band" } },
    );
    const response = await door()("PUT", request);
    expect(response.headers.get("x-inngest-sync-kind")).toBe("in_band");
    const { functions } = await response.json();
    const dispatch = functions.find((fn: { id: string }) => fn.id === "carillon-dispatch-account");
    expect(dispatch).toMatchObject({
      triggers: [{ event: "outbound/due" }],
      concurrency: { limit: 1, key: "event.data.accountId" },
      steps: { step: { retries: { attempts: 2 } } },
    });
    expect(received).toEqual([]);
  });
});

describe("calls", () => {
  test("a step's result comes as 206, the run's end as 200, with the SDK's mark and a signature", async () => {
    const deps = testDeps(database);
    const first = await call("run-job", housekeeping, { deps });
    expect(first.status).toBe(206);
    expect(first.response.headers.get("x-inngest-sdk")).toMatch(/^inngest-js:v4/);
    expect(first.response.headers.get("x-inngest-signature")).toMatch(/^t=\d+&s=[0-9a-f]{64}$/);
    const [step] = first.body;
    expect(step).toMatchObject({ op: "StepRun", name: "run", data: { kind: "succeeded" } });
    expect(step.id).toMatch(/^[0-9a-f]{40}$/);
    const second = await call("run-job", housekeeping, {
      deps,
      version: 2,
      steps: { [step.id]: { data: step.data } },
      stack: [step.id],
    });
    expect(second).toMatchObject({ status: 200, body: { kind: "succeeded" } });
    expect(await findJobRuns(deps.db, "housekeeping", 5)).toHaveLength(1);
  });

  test("what can never succeed is 400 and not to be retried", async () => {
    const { status, response, body } = await call("dispatch-account", {
      name: "outbound/due",
      data: { accountId: "none" },
    });
    expect(status).toBe(400);
    expect(response.headers.get("x-inngest-no-retry")).toBe("true");
    expect(body).toMatchObject({ message: "accountId: must be a UUID", __serialized: true });
  });

  test("a step that fails asks for a retry, and says when it was the last one", async () => {
    const deps = { ...testDeps(database), clock: { now: fail, monotonic: fail } };
    const cron = { name: "inngest/scheduled.timer", data: { cron: "* * * * *" } };
    const first = await call("start-due-jobs", cron, { deps, maxAttempts: 2 });
    expect(first.status).toBe(206);
    expect(first.response.headers.get("x-inngest-no-retry")).toBe("false");
    expect(first.body).toMatchObject([
      { op: "StepError", error: { message: "the clock stopped" } },
    ]);
    const last = await call("start-due-jobs", cron, { deps, attempt: 1, maxAttempts: 2 });
    expect(last.response.headers.get("x-inngest-no-retry")).toBe("true");
    expect(last.body).toMatchObject([{ op: "StepFailed" }]);
  });

  test("an unknown function is 500, to be retried; an event without a job is refused for good", async () => {
    expect(await call("nobody", housekeeping)).toMatchObject({
      status: 500,
      body: { type: "internal" },
    });
    expect((await call("run-job", { name: "jobs/due" })).status).toBe(400);
  });

  test("the cron call sends what is due and the sweeps until the next minute, once each", async () => {
    received.length = 0;
    const cron = {
      name: "inngest/scheduled.timer",
      id: "2026-11-20T09:54:00Z",
      data: { cron: "* * * * *", scheduledAt: "2026-11-20T09:54:00Z" },
    };
    const found = await call("start-due-jobs", cron);
    const [find] = found.body;
    const steps = { [find.id]: { data: find.data } };
    const sent = await call("start-due-jobs", cron, { version: 2, steps, stack: [find.id] });
    expect(sent.body).toMatchObject([{ op: "StepRun", name: "sendEvent" }]);
    expect(received).toHaveLength(1);
    expect(received[0]?.url).toBe(`/e/${EVENT_KEY}`);
    type Sent = { name: string; id?: string; ts?: number; data: { job: string } };
    const events = received[0]?.body as Sent[];
    for (const job of ["dispatch", "reconcile"]) {
      const slots = events.filter((event) => event.id && event.data.job === job);
      expect(slots.map((event) => event.ts)).toEqual(
        [10, 20, 30, 40, 50].map((s) => Date.parse("2026-11-20T09:00:00.000Z") + s * 1000),
      );
    }
    const ids = events.flatMap((event) => event.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(events.map((event) => event.name))).toEqual(new Set(["jobs/due"]));
  });

  test("function.failed reaches the failure handler, which logs", async () => {
    const deps = testDeps(database);
    const { status } = await call(
      "dispatch-account-failure",
      {
        name: "inngest/function.failed",
        data: {
          function_id: "carillon-dispatch-account",
          run_id: "01M7W",
          event: { name: "outbound/due", data: { accountId: "x" } },
          events: [],
          error: { name: "Error", message: "boom", stack: "" },
          _inngest: { status: "Failed" },
        },
      },
      { deps },
    );
    expect(status).toBe(200);
    expect(deps.lines).toContainEqual(
      expect.objectContaining({ level: "error", fields: { error: "boom" } }),
    );
  });
});

describe("signatures", () => {
  const now = () => Date.now() / 1000;
  const body = callBody(housekeeping);
  const refused: [string, string | null][] = [
    ["none", null],
    ["of another key", signBody(body, "ff".repeat(32), now())],
    ["of another body", signBody({ ...body, version: 2 }, SIGNING_KEY, now())],
    ["ten minutes old", signBody(body, SIGNING_KEY, now() - 600)],
    ["unreadable", "t=abc&s=zz"],
  ];
  test.each(refused)("%s: 401, and nothing runs", async (_name, signature) => {
    const deps = testDeps(database);
    const runs = await findJobRuns(deps.db, "housekeeping", 50);
    const result = await call("run-job", housekeeping, { deps, sent: { signature } });
    expect(result.status).toBe(401);
    expect(await findJobRuns(deps.db, "housekeeping", 50)).toHaveLength(runs.length);
  });

  test("is over canonical JSON: key order and spaces on the wire do not matter", async () => {
    expect(canonicalJson({ b: 1, a: [null, "é\n", { d: true, c: 1e21 }] })).toBe(
      '{"a":[null,"é\\n",{"c":1e+21,"d":true}],"b":1}',
    );
    const signature = signBody(JSON.parse(JSON.stringify(body)), SIGNING_KEY, now());
    expect((await call("run-job", housekeeping, { sent: { signature } })).status).toBe(206);
  });
});

test("the embedded engine takes every one of our functions, and runs the due jobs at once", async () => {
  const deps = testDeps(database);
  const serve = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = request.method as "POST" | "PUT";
    const answer = await door({ deps })(
      method,
      new Request(`${originOf(serve)}${request.url}`, {
        method,
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks),
      }),
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(await answer.text());
  });
  await listen(serve, 0);
  const embedded = await startEngine({
    appUrl: originOf(serve),
    eventKey: EVENT_KEY,
    signingKey: SIGNING_KEY,
    log: recordingLog(),
  });
  process.env.INNGEST_BASE_URL = embedded.baseUrl;
  try {
    await embedded.ready;
    await expect
      .poll(async () => (await findJobRuns(deps.db, "dispatch", 5)).length)
      .toBeGreaterThan(0);
    await expect
      .poll(async () => (await findJobRuns(deps.db, "media", 5)).length)
      .toBeGreaterThan(0);
  } finally {
    process.env.INNGEST_BASE_URL = originOf(engine);
    await embedded.stop(500);
    await close(serve);
  }
});

function fail(): never {
  throw new Error("the clock stopped");
}
