import { setTimeout as sleep } from "node:timers/promises";
import { postSigned } from "../../inngest/embedded/call";
import type { Log } from "../../lib/ports/log";
import type { LaunchOptions } from "./options";

const PATH = "/api/inngest";
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 30_000;

/**
 * Signs the app on with a job engine that has a signing key (self-hosted or cloud): a signed call to
 * our own door makes the SDK name its functions and INNGEST_SERVE_ORIGIN to the engine. So nobody need
 * be allowed to ask for that unsigned. Tries until it is done; never throws.
 */
export async function registerFunctions(
  { env, ownOrigin, appUrl }: LaunchOptions,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const signingKey = env.INNGEST_SIGNING_KEY;
  if (!signingKey || env.ROLE === "web") return;
  const url = new URL(PATH, ownOrigin);
  const body = { url: new URL(PATH, env.INNGEST_SERVE_ORIGIN ?? appUrl).toString() };
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
      const address = { url: url.toString(), signingKey };
      const response = await postSigned(address, url, body, "PUT", limit);
      const answer = await response.text();
      if (response.ok) return log.info({}, "[JOBS] the job engine knows our functions");
      log.warn({ status: response.status, answer }, "[JOBS] the job engine took no functions");
    } catch (error) {
      if (!signal.aborted)
        log.warn({ error: String(error) }, "[JOBS] the functions were not named");
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
