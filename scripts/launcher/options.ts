import { parseArgs } from "node:util";
import { type Env, hasInngest, readEnv, WrongVariable } from "../../lib/env";

export type LaunchOptions = {
  env: Env;
  isDevelopment: boolean;
  /** Public origin without a trailing slash. */
  appUrl: string;
  /** Origin at which this process reaches itself. */
  ownOrigin: string;
  /** Can the app be reached from other machines, by HOST or APP_URL? */
  isPublic: boolean;
  /** Demo workspace, its logins and the simulator. */
  isDemo: boolean;
  hasOwnEngine: boolean;
  timeScale: number;
  /** What the app's clock shows when it starts; null: the time. */
  testClock: Date | null;
};

/** The app must not start like this; the message is one line for the person who starts it. */
export class Refusal extends Error {}

/**
 * Reads flags and environment, and refuses what must not be public: when HOST or APP_URL is not
 * loopback, demo logins, simulator and generated secrets have to be asked for by name.
 *
 * @throws {Refusal | WrongVariable}
 */
export function readOptions(
  args: readonly string[],
  source?: Record<string, string | undefined>,
): LaunchOptions {
  const flags = readFlags(args);
  const env = readEnv(source);
  const isPublic = !isLoopback(env.HOST) || (env.APP_URL !== undefined && !isLoopback(hostOf(env)));
  const isDemo = env.DEMO ?? (flags.dev && !isPublic);
  const ownOrigin = `http://${bracket(isWildcard(env.HOST) ? "127.0.0.1" : env.HOST)}:${env.PORT}`;
  if (isPublic) refusePublic(env, { ...flags, isDemo });
  return {
    env,
    isDevelopment: flags.dev,
    appUrl: env.APP_URL ?? ownOrigin,
    ownOrigin,
    isPublic,
    isDemo,
    hasOwnEngine: !hasInngest(env) && env.ROLE !== "web",
    timeScale: flags.timeScale,
    testClock: flags.testClock,
  };
}

type Flags = ReturnType<typeof readFlags>;

function readFlags(args: readonly string[]) {
  const { values } = parse(args);
  const timeScale = Number(values["time-scale"] ?? "1");
  if (!(timeScale >= 1 && timeScale <= 10_000)) {
    throw new Refusal("--time-scale: must be a number from 1 to 10000");
  }
  return {
    dev: values.dev ?? false,
    publicDemo: values["public-demo"] ?? false,
    generatedSecrets: values["generated-secrets"] ?? false,
    timeScale,
    testClock: readClock(values["test-clock"]),
  };
}

function readClock(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new Refusal("--test-clock: must be an ISO 8601 time, like 2026-11-20T09:00:00Z");
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        /** Development mode: hot reload, demo by default, readable logs. */
        dev: { type: "boolean" },
        /** Lets the demo's well-known passwords and the simulator be reached from outside. */
        "public-demo": { type: "boolean" },
        /** Lets a public app run on secrets that it made itself. */
        "generated-secrets": { type: "boolean" },
        /** Divides the long waits of sending, for tests. */
        "time-scale": { type: "string" },
        /** What the app's clock shows at its start, for tests of what takes days. */
        "test-clock": { type: "string" },
      },
    });
  } catch (error) {
    throw new Refusal(error instanceof Error ? (error.message.split("\n")[0] ?? "") : "bad flag");
  }
}

function refusePublic(env: Env, flags: Flags & { isDemo: boolean }) {
  if (!env.APP_URL) {
    throw new WrongVariable(
      `APP_URL: is needed when HOST is not loopback (HOST is ${env.HOST}): the public origin, such as https://sms.example.org`,
    );
  }
  if (flags.timeScale !== 1) {
    throw new Refusal("--time-scale is for tests: HOST and APP_URL must be loopback");
  }
  if (flags.testClock !== null) {
    throw new Refusal("--test-clock is for tests: HOST and APP_URL must be loopback");
  }
  if (flags.isDemo && !flags.publicDemo) {
    throw new Refusal(
      "DEMO: the demo's passwords are known to everybody and HOST or APP_URL is not loopback; unset DEMO, or add --public-demo if that is what you want",
    );
  }
  const missing = (["AUTH_SECRET", "ENCRYPTION_KEY"] as const).filter((name) => !env[name]);
  if (missing.length > 0 && !flags.generatedSecrets) {
    throw new Refusal(
      `${missing.join(" and ")}: must be set when HOST or APP_URL is not loopback; or add --generated-secrets to keep the ones made in DATA_DIR`,
    );
  }
}

function hostOf(env: Env) {
  return env.APP_URL ? new URL(env.APP_URL).hostname : env.HOST;
}

/** Does this host name reach nobody but this machine? */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || bare === "::1" || /^127(\.\d{1,3}){3}$/.test(bare);
}

function isWildcard(host: string) {
  return host === "0.0.0.0" || host === "::";
}

function bracket(host: string) {
  return host.includes(":") ? `[${host}]` : host;
}
