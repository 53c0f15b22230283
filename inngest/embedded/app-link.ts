import type { Log } from "../../lib/ports/log";
import { type AppAddress, postSigned } from "./call";
import { type EngineFunction, parseFunctions } from "./function-config";

type Options = {
  app: AppAddress;
  log: Log;
  /** Seconds between two looks at the function list: code may have been reloaded. */
  resyncSeconds: number;
  /** Milliseconds between two tries while the app does not answer. */
  probeMs: number;
  wait: (ms: number) => Promise<void>;
  signal: AbortSignal;
  /** Called when the app can be reached, with what it then has. */
  onFunctions: (functions: readonly EngineFunction[]) => void;
};

/** The app asks for something the engine does not do. Not to be survived at start-up. */
export class EngineRefusal extends Error {
  override name = "EngineRefusal";
}

/** Next compiles the route on the first call in development. */
const SYNC_TIMEOUT_MS = 60_000;

/**
 * What the engine knows of the app: its functions, and whether it answers. Closed until the first
 * sync; closed again when nothing listens, so that work waits instead of using up its attempts.
 */
export class AppLink {
  functions: readonly EngineFunction[] = [];
  private isOpen = false;
  private waiting: (() => void)[] = [];
  private poke: (() => void) | null = null;

  constructor(private readonly options: Options) {}

  get isReachable() {
    return this.isOpen;
  }

  /** Resolves while the app can be reached; never when the engine stops first. */
  opened(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Nothing listens at the app's address: hold calls back and look for it. */
  lost() {
    this.isOpen = false;
    this.poke?.();
  }

  /** Asks for the functions until the app answers. Throws EngineRefusal, or when the engine stops. */
  async connect(): Promise<void> {
    for (;;) {
      const isSynced = await this.sync();
      if (isSynced) return this.open();
      await this.options.wait(this.options.probeMs);
    }
  }

  /** After `connect`: keeps the list fresh until the engine stops. */
  async keepFresh(): Promise<void> {
    for (;;) {
      await this.pause();
      try {
        await this.connect();
      } catch (error) {
        if (!(error instanceof EngineRefusal)) throw error;
        this.options.log.error({ error: error.message }, "[ENGINE] kept the former functions");
        this.open();
      }
    }
  }

  private open() {
    this.isOpen = true;
    this.options.onFunctions(this.functions);
    for (const resume of this.waiting.splice(0)) resume();
  }

  private async pause(): Promise<void> {
    if (!this.isOpen) return;
    const poked = new Promise<void>((resolve) => {
      this.poke = resolve;
    });
    await Promise.race([this.options.wait(this.options.resyncSeconds * 1000), poked]);
    this.poke = null;
  }

  private async sync(): Promise<boolean> {
    const answer = await this.ask();
    if (answer === null) return false;
    const parsed = parseFunctions(answer);
    if (!parsed.ok) {
      throw new EngineRefusal(
        `the embedded job engine cannot run these functions: ${parsed.refusals.join(" | ")}`,
      );
    }
    this.functions = parsed.functions;
    return true;
  }

  /** null: no answer, or not the SDK's. */
  private async ask(): Promise<unknown> {
    const { app, signal, log } = this.options;
    const url = new URL(app.url);
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(SYNC_TIMEOUT_MS)]);
      const response = await postSigned(app, url, { url: app.url }, "PUT", limit, {
        "x-inngest-sync-kind": "in_band",
      });
      if (response.status === 200) return await response.json();
      log.warn({ status: response.status }, "[ENGINE] the app refused to name its functions");
      await response.body?.cancel();
    } catch (error) {
      log.debug({ error: String(error) }, "[ENGINE] the app does not answer yet");
    }
    return null;
  }
}
