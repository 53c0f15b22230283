import { setMaxListeners } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../../lib/ports/log";
import type { EngineEvent } from "./accept-events";
import { AppLink } from "./app-link";
import { type Answer, type Call, callFunction } from "./call";
import { createEventDoor } from "./event-door";
import type { EngineFunction } from "./function-config";
import { ulid } from "./ids";
import { retryDelay } from "./retry-delay";
import { Run } from "./run";
import { Schedule } from "./schedule";
import { Seen } from "./seen";
import { type Place, Slots } from "./slots";

export type EngineOptions = {
  /** Origin at which the app answers, such as `http://127.0.0.1:3000`. It may come up later. */
  appUrl: string;
  eventKey: string;
  signingKey: string;
  log: Log;
  /** 0: any free port. */
  port?: number;
  servePath?: string;
  /** SCHEDULER_INTERVAL_SECONDS: how often "every minute" comes round. */
  tickSeconds?: number;
  /** Seconds between two looks at the function list; short in development, where code is reloaded. */
  resyncSeconds?: number;
  /** Milliseconds between two looks for an app that does not answer. */
  probeMs?: number;
  /** Milliseconds after a failed attempt, zero for the first; default: the real server's table. */
  retryDelay?: (failedAttempt: number) => number;
};

export type Engine = {
  /** What INNGEST_BASE_URL must be set to. */
  baseUrl: string;
  /** Resolves at the first sync; rejects with EngineRefusal when a function asks for too much. */
  ready: Promise<void>;
  /** Takes no more, waits for the calls under way (at most `graceMs`), forgets the rest. */
  stop: (graceMs?: number) => Promise<void>;
};

/** The longest delay of a Node timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Calls under way at once, over all functions. */
const MAX_CALLS = 64;

/**
 * Starts the embedded job engine: a loopback server that speaks as much of Inngest's protocol as our
 * functions use. Nothing in it is durable, because every piece of work is a row and the sweeps find it.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const engine = new EmbeddedEngine(options);
  const baseUrl = await engine.listen(options.port ?? 0);
  const ready = engine.run();
  return { baseUrl, ready, stop: (graceMs = 5000) => engine.stop(graceMs) };
}

class EmbeddedEngine {
  private readonly stopping = new AbortController();
  private readonly aborting = new AbortController();
  private readonly slots = new Slots();
  private readonly seen = new Seen();
  private readonly calls = new Set<Promise<unknown>>();
  private readonly link: AppLink;
  private readonly schedule: Schedule;
  private readonly door;
  private readonly app;

  constructor(private readonly options: EngineOptions) {
    for (const control of [this.stopping, this.aborting]) setMaxListeners(0, control.signal);
    this.app = {
      url: new URL(options.servePath ?? "/api/inngest", options.appUrl).toString(),
      signingKey: options.signingKey,
    };
    this.door = createEventDoor({
      eventKey: options.eventKey,
      onEvents: (events) => {
        for (const event of events) this.take(event);
      },
    });
    this.schedule = new Schedule({
      tickSeconds: options.tickSeconds ?? 60,
      onTick: (cron, at) => this.tick(cron, at),
    });
    this.link = new AppLink({
      app: this.app,
      log: options.log,
      resyncSeconds: options.resyncSeconds ?? 60,
      probeMs: options.probeMs ?? 500,
      wait: (ms) => this.wait(ms),
      signal: this.stopping.signal,
      onFunctions: (functions) => this.schedule.follow(cronsOf(functions)),
    });
  }

  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.door.once("error", reject);
      this.door.listen(port, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.door.address() as AddressInfo).port}`;
  }

  async run(): Promise<void> {
    try {
      await this.link.connect();
    } catch (error) {
      if (this.isStopped(error)) return;
      throw error;
    }
    this.options.log.info({ functions: this.link.functions.length }, "[ENGINE] ready");
    this.background(this.link.keepFresh());
  }

  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    this.schedule.stop();
    this.door.closeAllConnections();
    await new Promise((resolve) => this.door.close(resolve));
    const limit = new AbortController();
    const grace = sleep(graceMs, undefined, { signal: limit.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.calls), grace]);
    limit.abort();
    this.aborting.abort();
  }

  /** Starts, at the event's time, one run of each function that waits for it. */
  private take(event: EngineEvent) {
    if (!this.seen.isNew(event.id, Date.now())) return;
    this.background(this.start(event));
  }

  private async start(event: EngineEvent) {
    if (event.ts > Date.now()) await this.wait(event.ts - Date.now());
    await this.link.opened();
    for (const fn of this.link.functions) {
      if (isTriggered(fn, event)) this.background(this.execute(fn, ulid(Date.now()), event));
    }
  }

  /** While the app is away nothing piles up: its first tick afterwards finds all that is owed. */
  private tick(cron: string, at: Date) {
    if (!this.link.isReachable) return;
    const data = { cron, scheduledAt: at.toISOString(), fireAt: at.toISOString() };
    const event = { id: at.toISOString(), name: "inngest/scheduled.timer", data, ts: at.getTime() };
    for (const fn of this.link.functions) {
      if (cronsOf([fn]).includes(cron)) {
        this.background(this.execute(fn, ulid(at.getTime()), event));
      }
    }
  }

  private async execute(fn: EngineFunction, runId: string, event: EngineEvent) {
    const world = {
      call: (target: EngineFunction, call: Call) => this.call(target, call),
      retryDelay: this.options.retryDelay ?? ((n: number) => retryDelay(n, Math.random())),
      wait: (ms: number) => this.wait(ms),
    };
    const result = await new Run(world, fn, runId, event).execute();
    if (result.kind === "completed") return;
    const { name, message } = errorFields(result.error);
    this.options.log.error({ function: fn.id, runId, name, error: message }, "[ENGINE] run failed");
    if (!fn.isFailureHandler) this.take(failureEvent(fn, runId, event, result.error));
  }

  private async call(
    fn: EngineFunction,
    call: Call,
  ): Promise<Exclude<Answer, { kind: "unreachable" }>> {
    for (;;) {
      await this.link.opened();
      const release = await this.slots.acquire(placesOf(fn, call));
      try {
        if (this.stopping.signal.aborted) throw new Stopped();
        const pending = callFunction(this.app, call, this.aborting.signal);
        const answer = await this.track(pending);
        if (answer.kind !== "unreachable") return answer;
      } finally {
        release();
      }
      // Stopped, so that everything ticks at once when the app is back.
      this.schedule.stop();
      this.link.lost();
    }
  }

  private async track<T>(pending: Promise<T>): Promise<T> {
    this.calls.add(pending);
    try {
      return await pending;
    } finally {
      this.calls.delete(pending);
    }
  }

  private async wait(ms: number): Promise<void> {
    const until = Date.now() + ms;
    for (let left = ms; left > 0; left = until - Date.now()) {
      await sleep(Math.min(left, MAX_TIMER_MS), undefined, { signal: this.stopping.signal });
    }
    if (this.stopping.signal.aborted) throw new Stopped();
  }

  /** Nobody waits for these; what they throw, other than at the stop, is a fault of the engine. */
  private background(work: Promise<unknown>) {
    work.catch((error: unknown) => {
      if (this.isStopped(error)) return;
      this.options.log.error({ error: String(error) }, "[ENGINE] internal error");
    });
  }

  private isStopped(error: unknown) {
    return this.stopping.signal.aborted && error instanceof Error;
  }
}

class Stopped extends Error {
  override name = "Stopped";
}

function cronsOf(functions: readonly EngineFunction[]): string[] {
  return functions.flatMap((fn) =>
    fn.triggers.flatMap((trigger) => (trigger.kind === "cron" ? [trigger.cron] : [])),
  );
}

function isTriggered(fn: EngineFunction, event: EngineEvent): boolean {
  return fn.triggers.some(
    (trigger) => trigger.kind === "event" && trigger.event === event.name && trigger.matches(event),
  );
}

function placesOf(fn: EngineFunction, call: Call): Place[] {
  const own = fn.limits.map((option, index) => ({
    group: `${fn.id} ${index} ${option.keyOf(call.event)}`,
    limit: option.limit,
  }));
  return [...own, { group: "", limit: MAX_CALLS }];
}

/** Deduplicated by the run's id, as the real server does. */
function failureEvent(
  fn: EngineFunction,
  runId: string,
  event: EngineEvent,
  error: unknown,
): EngineEvent {
  const data = {
    function_id: fn.id,
    run_id: runId,
    event,
    events: [event],
    error: errorFields(error),
    _inngest: { status: "Failed" },
  };
  return { id: runId, name: "inngest/function.failed", data, ts: Date.now() };
}

function errorFields(error: unknown): { name: string; message: string; stack?: string } {
  if (typeof error !== "object" || error === null) {
    return { name: "Error", message: String(error) };
  }
  const { name, message, stack } = error as Record<string, unknown>;
  return {
    name: typeof name === "string" ? name : "Error",
    message: typeof message === "string" ? message : JSON.stringify(error),
    ...(typeof stack === "string" ? { stack } : {}),
  };
}
