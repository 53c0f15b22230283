import { randomBytes } from "node:crypto";
import { type Engine, startEngine } from "../../inngest/embedded/engine";
import { setForLibraries } from "../../lib/env";
import type { Log } from "../../lib/ports/log";
import type { LaunchOptions } from "./options";

/** Seconds between two looks at the function list; in development code is reloaded. */
const RESYNC_SECONDS = { development: 60, production: 3600 };

/**
 * Starts the embedded engine and points the Inngest SDK at it, with keys of this process's own: the
 * app cannot tell it from a real server. null where a real one is configured.
 */
export async function startOwnEngine(options: LaunchOptions, log: Log): Promise<Engine | null> {
  if (!options.hasOwnEngine) {
    if (!options.env.INNGEST_SERVE_ORIGIN)
      setForLibraries({ INNGEST_SERVE_ORIGIN: options.appUrl });
    return null;
  }
  const signingKey = `signkey-prod-${randomBytes(32).toString("hex")}`;
  const eventKey = randomBytes(16).toString("hex");
  const { development, production } = RESYNC_SECONDS;
  const engine = await startEngine({
    appUrl: options.ownOrigin,
    signingKey,
    eventKey,
    log,
    tickSeconds: options.env.SCHEDULER_INTERVAL_SECONDS,
    resyncSeconds: options.isDevelopment ? development : production,
  });
  setForLibraries({
    INNGEST_DEV: "0",
    INNGEST_BASE_URL: engine.baseUrl,
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_SERVE_ORIGIN: options.ownOrigin,
  });
  return engine;
}
