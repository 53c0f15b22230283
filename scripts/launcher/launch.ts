import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { POST as postAlerts } from "../../app/api/v1/alerts/route";
import { POST as postEvents } from "../../app/api/v1/events/route";
import { POST as postMessages } from "../../app/api/v1/messages/route";
import { POST as postNotifications } from "../../app/api/v1/notifications/route";
import { answerInbound } from "../../app/api/webhooks/twilio/door";
import { answerStatus } from "../../app/api/webhooks/twilio/status/door";
import type { Feed } from "../../db/notify";
import { type Pulse, watchDatabase } from "../../db/pulse";
import { type Composition, composeDeps } from "../../lib/compose";
import { loadSecrets } from "../../lib/embedded/secrets";
import type { Simulator } from "../../lib/embedded/simulator/server";
import { hasInngest, setForLibraries } from "../../lib/env";
import { createApiLane } from "../../lib/http/api-lane";
import { createFastLane, type RawDoor } from "../../lib/http/fast-lane";
import type { Deps } from "../../lib/ports/deps";
import type { Log } from "../../lib/ports/log";
import { relayBells } from "../../lib/providers/bell-relay";
import { createHub, type Hub } from "../../lib/realtime/hub";
import { setRuntime } from "../../lib/runtime";
import {
  migrateWhenThere,
  type OpenedDatabase,
  openConfiguredDatabase,
  whenDatabaseThere,
} from "./database";
import { chooseSimulatorOrigin, prepareDemo, startPhoneNetwork } from "./demo";
import { doFirstThings } from "./first-things";
import { startOwnEngine } from "./job-engine";
import type { LaunchOptions } from "./options";
import { registerFunctions } from "./register-functions";
import { listen, type WebServer } from "./web-server";

type Launch = { options: LaunchOptions; log: Log; signal: AbortSignal };

type NextApp = ReturnType<typeof next>;

/** What has been started so far; ended in the order of `closeParts`. */
export type Parts = {
  web?: WebServer;
  engine?: Awaited<ReturnType<typeof startOwnEngine>>;
  relay?: Feed;
  database?: OpenedDatabase;
  pulse?: Pulse;
  composition?: Composition;
  simulator?: Simulator;
  hub?: Hub;
  next?: NextApp;
};

/** Time that requests and jobs under way get to end. */
const DRAIN_MS = 4000;

/**
 * Starts everything the app needs in this process: port, secrets, database, job engine, demo, Next.
 * What it starts is put into `parts` at once, so that the caller can end it when a later step fails.
 *
 * @returns the link for the first owner; null when somebody can sign in.
 * @throws {Refusal | WrongVariable | PostgresProblem} with one line for the person who starts it.
 */
export async function launch({ options, log, signal }: Launch, parts: Parts) {
  parts.web = await listen(options);
  const secrets = await findSecrets(options, log);
  setForLibraries({ NEXTAUTH_URL: options.appUrl, NEXTAUTH_SECRET: secrets.authSecret });
  parts.engine = await startOwnEngine(options, log);
  const prepared = prepareNext(options, parts);
  // Heard below; a failure of the database before that must not leave it unheard.
  prepared.catch(() => undefined);
  parts.database = await openConfiguredDatabase(options.env, log);
  await migrateWhenThere(parts.database.directUrl, log, signal);
  const { deps } = await compose({ options, log, secrets, signal }, parts);
  parts.pulse = watchPulse(parts.database, parts, log);
  if (parts.engine || hasInngest(options.env)) await startRelay({ options, log, signal }, parts);
  const setupLink = await whenDatabaseThere(() => doFirstThings(deps, options), { log, signal });
  await prepared;
  signal.throwIfAborted();
  const lanes = options.isDevelopment
    ? { fastLane: null, apiLane: null }
    : {
        fastLane: createFastLane(webhookDoors(deps), log),
        apiLane: createApiLane(API_DOORS, { origin: options.appUrl, log }),
      };
  parts.web.open({ next: await prepared, ...lanes });
  void registerFunctions(options, log, signal);
  return setupLink;
}

type Secrets = { authSecret: string; encryptionKeys: string };

/** Builds deps and what hangs on them, and makes them the ones of this process. */
async function compose(
  { options, log, secrets, signal }: Launch & { secrets: Secrets },
  parts: Parts,
): Promise<Composition> {
  if (!parts.database) throw new Error("the database is opened before deps are composed");
  const { env, appUrl, isDemo, timeScale, testClock } = options;
  const { url, directUrl, connectionName } = parts.database;
  const origin = isDemo ? await chooseSimulatorOrigin(options) : null;
  parts.composition = composeDeps({
    env,
    log,
    appUrl,
    timeScale,
    testClock,
    databaseUrl: url,
    connectionName,
    ...secrets,
    trustedOrigins: origin ? [origin] : [],
    passesBellsOn: !options.hasOwnEngine && !hasInngest(env),
  });
  const { deps } = parts.composition;
  parts.hub = createHub({ ...deps, listenUrl: directUrl });
  const { authSecret } = secrets;
  setRuntime({ deps, hub: parts.hub, env, appUrl, authSecret, simulatorOrigin: origin, isDemo });
  if (origin) {
    const demo = await whenDatabaseThere(() => prepareDemo(deps, origin), { log, signal });
    parts.simulator = await startPhoneNetwork({ options, origin, demo });
  }
  return parts.composition;
}

/** Work of processes without a job engine, and what rows ring for by themselves, is done from here. */
async function startRelay({ log, signal }: Launch, parts: Parts) {
  const { composition, database } = parts;
  if (!composition || !database) throw new Error("the relay is started after the composition");
  const { sendEvents: send, deps } = composition;
  const relay = { listenUrl: database.directUrl, send, ring: deps.jobs.ring, log };
  parts.relay = await whenDatabaseThere(() => relayBells(relay), { log, signal });
}

/** While the database is gone nobody waits for it; when it is back the screens fetch afresh. */
function watchPulse({ url }: OpenedDatabase, { web, hub }: Parts, log: Log): Pulse {
  return watchDatabase(url, {
    onGone: () => {
      log.error({}, "[LAUNCHER] the database does not answer; requests are told 503");
      web?.shedder.start();
    },
    onBack: () => {
      log.info({}, "[LAUNCHER] the database answers again");
      web?.shedder.end();
      hub?.resync();
    },
  });
}

/** The door functions that the route handlers export too. */
/** What systems post to most. */
const API_DOORS = {
  "/api/v1/alerts": postAlerts,
  "/api/v1/events": postEvents,
  "/api/v1/messages": postMessages,
  "/api/v1/notifications": postNotifications,
};

function webhookDoors(deps: Deps): Record<string, RawDoor> {
  const inbound: RawDoor = (request) => answerInbound(deps, request);
  return {
    "/api/webhooks/twilio": inbound,
    "/inbox/webhooks/sms": inbound,
    "/api/webhooks/twilio/status": (request) => answerStatus(deps, request),
  };
}

async function findSecrets({ env }: LaunchOptions, log: Log): Promise<Secrets> {
  if (env.AUTH_SECRET && env.ENCRYPTION_KEY) {
    return { authSecret: env.AUTH_SECRET, encryptionKeys: env.ENCRYPTION_KEY };
  }
  const generated = await loadSecrets(env.DATA_DIR);
  log.warn(
    { folder: `${env.DATA_DIR}/secrets` },
    "[LAUNCHER] AUTH_SECRET and ENCRYPTION_KEY are not both set: generated ones are used; keep the folder, without it stored credentials cannot be opened",
  );
  return {
    authSecret: env.AUTH_SECRET ?? generated.authSecret,
    encryptionKeys: env.ENCRYPTION_KEY ?? generated.encryptionKey,
  };
}

async function prepareNext({ isDevelopment, env }: LaunchOptions, parts: Parts) {
  const app = next({
    dev: isDevelopment,
    hostname: env.HOST,
    port: env.PORT,
    httpServer: parts.web?.server,
  });
  parts.next = app;
  await app.prepare();
  return app.getRequestHandler();
}

/**
 * Ends everything in good order: streams and jobs first, since they call us, then requests, then what
 * those needed. Never throws; a part that fails to end does not keep the others.
 */
export async function closeParts(parts: Parts, log: Log) {
  await quietly(log, "live streams", () => parts.hub?.close());
  await quietly(log, "bells", () => parts.relay?.close());
  await quietly(log, "job engine", () => parts.engine?.stop(DRAIN_MS));
  await quietly(log, "requests", () => parts.web?.close(DRAIN_MS));
  await quietly(log, "simulator", () => parts.simulator?.close());
  await quietly(log, "pages", () => atMost(DRAIN_MS, parts.next?.close()));
  await quietly(log, "pulse", () => parts.pulse?.stop());
  await quietly(log, "connections", () => parts.composition?.close());
  await quietly(log, "database", () => parts.database?.close());
}

async function quietly(log: Log, what: string, close: () => Promise<unknown> | undefined) {
  try {
    await close();
  } catch (error) {
    log.error({ err: error }, `[LAUNCHER] ${what} did not end in good order`);
  }
}

async function atMost(ms: number, work: Promise<unknown> | undefined) {
  const limit = new AbortController();
  const timeout = sleep(ms, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([work, timeout]);
  limit.abort();
}
