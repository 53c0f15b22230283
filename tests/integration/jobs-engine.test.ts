import { createServer } from "node:http";
import { NonRetriableError, RetryAfterError } from "inngest";
import { afterEach, describe, expect, test } from "vitest";
import { type Engine, type EngineOptions, startEngine } from "../../inngest/embedded/engine";
import {
  close,
  EVENT_KEY,
  listen,
  originOf,
  recordingLog,
  SIGNING_KEY,
  signal,
  startApp,
} from "../support/engine";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

type Define = Parameters<typeof startApp>[0];

/** An address nobody listens on yet. */
async function freePort() {
  const server = createServer();
  await listen(server, 0);
  const port = Number(new URL(originOf(server)).port);
  await close(server);
  return port;
}

async function startBoth(define: Define, options: Partial<EngineOptions> = {}) {
  const port = await freePort();
  const log = recordingLog();
  const engine = await startEngine({
    appUrl: `http://127.0.0.1:${port}`,
    eventKey: EVENT_KEY,
    signingKey: SIGNING_KEY,
    log,
    probeMs: 20,
    tickSeconds: 3600,
    retryDelay: () => 5,
    ...options,
  });
  cleanups.push(() => engine.stop(500));
  const app = await startApp(define, { baseUrl: engine.baseUrl, port });
  cleanups.push(app.stop);
  return { engine, app, log, port };
}

async function post(engine: Engine, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${engine.baseUrl}/e/${EVENT_KEY}`, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

describe("events in", () => {
  test("a sent event runs the function with its data", async () => {
    const ran = signal<unknown>();
    const { app, engine } = await startBoth((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "t/go" }] }, async ({ event }) => {
        ran.resolve(event.data);
      }),
    ]);
    await engine.ready;
    const { ids } = await app.client.send({ name: "t/go", data: { n: 1 } });
    expect(ids).toHaveLength(1);
    expect(await ran.promise).toEqual({ n: 1 });
  });

  test("a wrong key, a bad body and a reserved name are refused with the server's words", async () => {
    const { engine } = await startBoth(() => []);
    const wrong = await fetch(`${engine.baseUrl}/e/other`, { method: "POST", body: "[]" });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toEqual({ status: 401, error: "Event key not found" });
    expect(await post(engine, [{ name: "", data: {} }])).toEqual({
      status: 400,
      body: { ids: [""], status: 400, error: "event name is empty" },
    });
    for (const bad of [
      "{",
      [{ name: "a", data: 3 }],
      [{ name: "inngest/x" }],
      [{ name: "a", ts: 1 }],
    ]) {
      expect((await post(engine, bad)).status).toBe(400);
    }
    expect(
      (await post(engine, `[{"name":"a","data":{"x":"${"y".repeat(3_100_000)}"}}]`)).status,
    ).toBe(413);
  });

  test("the same seed or the same event id starts one run", async () => {
    const seen: unknown[] = [];
    const last = signal();
    const { engine } = await startBoth((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "t/go" }] }, async ({ event }) => {
        seen.push(event.data.n);
        if (event.data.n === "last") last.resolve();
      }),
    ]);
    await engine.ready;
    const seed = {
      "x-inngest-event-id-seed": `1795168461642,${Buffer.alloc(10, 7).toString("base64")}`,
    };
    const first = await post(engine, [{ name: "t/go", data: { n: "seed" } }], seed);
    const again = await post(engine, [{ name: "t/go", data: { n: "seed" } }], seed);
    expect(again.body.ids).toEqual(first.body.ids);
    await post(engine, [{ name: "t/go", id: "a", data: { n: "id" } }]);
    await post(engine, [{ name: "t/go", id: "a", data: { n: "id" } }]);
    await post(engine, { name: "t/go", data: { n: "last" } });
    await last.promise;
    expect(seen.toSorted()).toEqual(["id", "last", "seed"]);
  });

  test("an event with a future time starts its run then, not before", async () => {
    const order: string[] = [];
    const late = signal<number>();
    const { engine } = await startBoth((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "t/go" }] }, async ({ event }) => {
        order.push(event.data.n);
        if (event.data.n === "late") late.resolve(Date.now());
      }),
    ]);
    await engine.ready;
    const ts = Date.now() + 300;
    await post(engine, [
      { name: "t/go", ts, data: { n: "late" } },
      { name: "t/go", data: { n: "now" } },
    ]);
    expect(await late.promise).toBeGreaterThanOrEqual(ts);
    expect(order).toEqual(["now", "late"]);
  });
});

describe("runs", () => {
  test("steps are remembered: each runs once, in order, whatever the retries between", async () => {
    const calls: string[] = [];
    const end = signal<unknown>();
    const { engine } = await startBoth((client) => [
      client.createFunction(
        { id: "f", triggers: [{ event: "t/go" }], retries: 2 },
        async ({ step, attempt }) => {
          const a = await step.run("a", () => {
            calls.push("a");
            return { value: 1 };
          });
          const b = await step.run("b", () => {
            calls.push(`b${attempt}`);
            if (attempt < 2) throw new Error("not yet");
            return a.value + 1;
          });
          end.resolve({ a, b });
        },
      ),
    ]);
    await engine.ready;
    await post(engine, { name: "t/go" });
    expect(await end.promise).toEqual({ a: { value: 1 }, b: 2 });
    expect(calls).toEqual(["a", "b0", "b1", "b2"]);
  });

  test("parallel steps each run once", async () => {
    const calls: string[] = [];
    const end = signal<unknown>();
    const { engine } = await startBoth((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "t/go" }] }, async ({ step }) => {
        const work = (name: string) => step.run(name, () => calls.push(name) && name);
        const both = await Promise.all([work("a"), work("b"), work("c")]);
        end.resolve(both);
      }),
    ]);
    await engine.ready;
    await post(engine, { name: "t/go" });
    expect(await end.promise).toEqual(["a", "b", "c"]);
    expect(calls.toSorted()).toEqual(["a", "b", "c"]);
  });

  test("a step that fails for good can be caught by the function", async () => {
    const end = signal<string>();
    const { engine } = await startBoth((client) => [
      client.createFunction(
        { id: "f", triggers: [{ event: "t/go" }], retries: 1 },
        async ({ step }) => {
          try {
            await step.run("a", () => {
              throw new Error("never");
            });
          } catch (error) {
            end.resolve(error instanceof Error ? error.message : "?");
          }
        },
      ),
    ]);
    await engine.ready;
    await post(engine, { name: "t/go" });
    expect(await end.promise).toBe("never");
  });

  test("onFailure runs once after the last attempt, with the error and the event", async () => {
    let attempts = 0;
    const end = signal<unknown>();
    const { engine, log } = await startBoth((client) => [
      client.createFunction(
        {
          id: "f",
          triggers: [{ event: "t/go" }],
          retries: 2,
          onFailure: ({ error, event }) =>
            end.resolve({ message: error.message, data: event.data.event.data }),
        },
        async () => {
          attempts++;
          throw new Error("boom");
        },
      ),
    ]);
    await engine.ready;
    await post(engine, { name: "t/go", data: { n: 7 } });
    expect(await end.promise).toEqual({ message: "boom", data: { n: 7 } });
    expect(attempts).toBe(3);
    expect(log.lines.some((line) => line.message === "[ENGINE] run failed")).toBe(true);
  });

  test("NonRetriableError ends the run at once; RetryAfterError asks for its own delay", async () => {
    let attempts = 0;
    const delays: number[] = [];
    const failed = signal();
    const { engine } = await startBoth(
      (client) => [
        client.createFunction(
          { id: "f", triggers: [{ event: "t/go" }], onFailure: () => failed.resolve() },
          async () => {
            attempts++;
            if (attempts === 1) throw new RetryAfterError("wait", 1000);
            throw new NonRetriableError("no");
          },
        ),
      ],
      { retryDelay: (n) => delays.push(n) },
    );
    await engine.ready;
    await post(engine, { name: "t/go" });
    await failed.promise;
    expect(attempts).toBe(2);
    expect(delays).toEqual([]);
  });

  test("a limit of one with a key: never two of a key at once, other keys go on", async () => {
    const active = new Map<string, number>();
    const most = new Map<string, number>();
    const other = signal();
    const done = signal();
    let ended = 0;
    const { engine } = await startBoth((client) => [
      client.createFunction(
        {
          id: "f",
          triggers: [{ event: "t/go" }],
          concurrency: { limit: 1, key: "event.data.k" },
        },
        async ({ event }) => {
          const k: string = event.data.k;
          active.set(k, (active.get(k) ?? 0) + 1);
          most.set(k, Math.max(most.get(k) ?? 0, active.get(k) ?? 0));
          // The first of "a" holds its key until one of "b" has run beside it.
          if (k === "a") await other.promise;
          else other.resolve();
          active.set(k, (active.get(k) ?? 0) - 1);
          if (++ended === 6) done.resolve();
        },
      ),
    ]);
    await engine.ready;
    await post(
      engine,
      ["a", "a", "a", "b", "b", "b"].map((k) => ({ name: "t/go", data: { k } })),
    );
    await done.promise;
    expect(Object.fromEntries(most)).toEqual({ a: 1, b: 1 });
  });

  test("step.sendEvent starts the other function", async () => {
    const end = signal<unknown>();
    const { engine } = await startBoth((client) => [
      client.createFunction({ id: "one", triggers: [{ event: "t/one" }] }, async ({ step }) => {
        await step.sendEvent("send", { name: "t/two", data: { from: "one" } });
      }),
      client.createFunction({ id: "two", triggers: [{ event: "t/two" }] }, async ({ event }) => {
        end.resolve(event.data);
      }),
    ]);
    await engine.ready;
    await post(engine, { name: "t/one" });
    expect(await end.promise).toEqual({ from: "one" });
  });

  test("a cron of every minute ticks at once and then at the interval asked for", async () => {
    const names: string[] = [];
    const third = signal();
    const { engine } = await startBoth(
      (client) => [
        client.createFunction({ id: "f", triggers: [{ cron: "* * * * *" }] }, async ({ event }) => {
          names.push(event.name);
          if (names.length === 3) third.resolve();
        }),
      ],
      { tickSeconds: 0.05 },
    );
    await engine.ready;
    await third.promise;
    expect(new Set(names)).toEqual(new Set(["inngest/scheduled.timer"]));
  });

  test("an operation outside the subset fails the run by name", async () => {
    const failed = signal<string>();
    const { engine } = await startBoth((client) => [
      client.createFunction(
        {
          id: "f",
          triggers: [{ event: "t/go" }],
          onFailure: ({ error }) => failed.resolve(error.message),
        },
        async ({ step }) => {
          await step.sleep("nap", "1m");
        },
      ),
    ]);
    await engine.ready;
    await post(engine, { name: "t/go" });
    expect(await failed.promise).toBe("the embedded engine does not implement Sleep");
  });
});

describe("the app comes and goes", () => {
  test("events taken in before the app is up run when it is", async () => {
    const port = await freePort();
    const engine = await startEngine({
      appUrl: `http://127.0.0.1:${port}`,
      eventKey: EVENT_KEY,
      signingKey: SIGNING_KEY,
      log: recordingLog(),
      probeMs: 20,
    });
    cleanups.push(() => engine.stop(500));
    await post(engine, { name: "t/go" });
    const ran = signal();
    const app = await startApp(
      (client) => [
        client.createFunction({ id: "f", triggers: [{ event: "t/go" }] }, async () =>
          ran.resolve(),
        ),
      ],
      { baseUrl: engine.baseUrl, port },
    );
    cleanups.push(app.stop);
    await ran.promise;
  });

  test("a call that finds nobody waits for the app and uses up no attempt; code is read anew", async () => {
    const { engine, app, port } = await startBoth((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "t/go" }], retries: 0 }, async () => {}),
    ]);
    await engine.ready;
    await app.stop();
    await post(engine, { name: "t/go" });
    const ran = signal<string>();
    const reloaded = await startApp(
      (client) => [
        client.createFunction({ id: "f", triggers: [{ event: "t/go" }], retries: 0 }, async () =>
          ran.resolve("old name, new code"),
        ),
        client.createFunction({ id: "g", triggers: [{ event: "t/new" }] }, async () => {}),
      ],
      { baseUrl: engine.baseUrl, port },
    );
    cleanups.push(reloaded.stop);
    expect(await ran.promise).toBe("old name, new code");
  });

  test("a function that asks for more than the engine does is refused by name at start-up", async () => {
    const { engine } = await startBoth((client) => [
      client.createFunction(
        { id: "f", triggers: [{ event: "t/go" }], debounce: { period: "1m" } },
        async () => {},
      ),
      client.createFunction(
        { id: "g", triggers: [{ event: "t/go", if: "event.data.n > 3" }] },
        async () => {},
      ),
      client.createFunction(
        {
          id: "h",
          triggers: [{ event: "t/go" }],
          concurrency: { limit: 1, key: "event.data.a + 'b'" },
        },
        async () => {},
      ),
    ]);
    await expect(engine.ready).rejects.toThrow(
      /test-f: debounce .*test-g: the filter .*test-h: the concurrency key/,
    );
  });

  test("stop lets the call under way end and starts nothing more", async () => {
    const started = signal();
    const finish = signal();
    let steps = 0;
    const { engine } = await startBoth((client) => [
      client.createFunction({ id: "f", triggers: [{ event: "t/go" }] }, async ({ step }) => {
        await step.run("a", async () => {
          started.resolve();
          await finish.promise;
          steps++;
        });
        await step.run("b", () => steps++);
      }),
    ]);
    await engine.ready;
    await post(engine, { name: "t/go" });
    await started.promise;
    const stopped = engine.stop(5000);
    finish.resolve();
    await stopped;
    expect(steps).toBe(1);
    await expect(post(engine, { name: "t/go" })).rejects.toThrow();
  });
});
