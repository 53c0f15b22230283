import type { Env } from "./env";
import type { Deps } from "./ports/deps";
import type { Hub } from "./realtime/hub";

/** What the launcher built for this process; doors reach it, stages are handed `deps`. */
export type Runtime = {
  readonly deps: Deps;
  /** Fans changes out to this process's SSE clients. */
  readonly hub: Hub;
  readonly env: Env;
  /** Public origin without a trailing slash. */
  readonly appUrl: string;
  /** Signs sessions. */
  readonly authSecret: string;
  /** Where the simulator's API listens; null when there is no simulator in this process. */
  readonly simulatorOrigin: string | null;
  /** Are the demo's well-known passwords accepted? */
  readonly isDemo: boolean;
};

/**
 * Next bundles doors apart from the launcher, so the one instance a process has lives on globalThis:
 * one pool, one LISTEN, however many bundles and hot reloads there are.
 */
const holder = globalThis as typeof globalThis & { carillonRuntime?: Runtime };

export function setRuntime(runtime: Runtime) {
  holder.carillonRuntime = runtime;
}

/** @throws when the process was not started by the launcher (`npm run dev`, `npm start`). */
export function getRuntime(): Runtime {
  if (!holder.carillonRuntime) {
    throw new Error("The app runs inside its launcher: start it with `npm run dev` or `npm start`");
  }
  return holder.carillonRuntime;
}

/** What every door hands to the stages it calls. */
export function getDeps(): Deps {
  return getRuntime().deps;
}

export function getHub(): Hub {
  return getRuntime().hub;
}
