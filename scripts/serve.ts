import { isStartedByNpm, loadEnvFile, setForLibraries } from "../lib/env";
import type { Log } from "../lib/ports/log";
import { createLog } from "../lib/providers/log";
import { explainFault } from "./launcher/explain-fault";
import { greeting, setupLine } from "./launcher/greeting";
import type { Parts } from "./launcher/launch";
import { type LaunchOptions, readOptions } from "./launcher/options";

const PARENT_WATCH_MS = 300;

/** The one launcher: `npm run dev` runs it as it is, `npm start` bundled. */
async function main() {
  loadEnvFile();
  const options = readOptions(process.argv.slice(2));
  // Before React and Next are loaded: they choose their build by it.
  const mode = options.isDevelopment ? "development" : "production";
  setForLibraries({ NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" });
  const log = createLog({ level: options.env.LOG_LEVEL, isPretty: options.isDevelopment });
  const { launch, closeParts } = await import("./launcher/launch");
  const { demoLogins } = await import("./launcher/demo");
  const parts: Parts = {};
  const stopping = new AbortController();
  const starting = launch({ options, log, signal: stopping.signal }, parts);
  const stop = async (code: number) => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await starting.catch(() => undefined);
    await closeParts(parts, log);
    process.exit(code);
  };
  stopOnSignals(log, stop);
  try {
    const setupLink = await starting;
    const logins = options.isDemo ? demoLogins() : [];
    announce(options, log, {
      lines: greeting({ options, logins, seconds: process.uptime() }),
      setup: setupLink ? [setupLine(setupLink)] : [],
    });
    // The engine refuses, loudly, a function that asks for more than it can do.
    await parts.engine?.ready;
  } catch (error) {
    if (stopping.signal.aborted) return;
    complain(error);
    await stop(1);
  }
}

type Announcement = { lines: readonly string[]; setup: readonly string[] };

/** To people as text; to a log collector as lines like all others. */
function announce({ isDevelopment }: LaunchOptions, log: Log, { lines, setup }: Announcement) {
  if (isDevelopment || process.stdout.isTTY) {
    return console.log(`\n${[...lines, ...setup].join("\n")}\n`);
  }
  for (const line of lines) log.info({}, line.trim());
  // Louder than the rest: who keeps no `info` would not find the way in.
  for (const line of setup) log.warn({}, line);
}

/** npm and the terminal may both hand us the same Ctrl-C: the second one is the same wish. */
function stopOnSignals(log: Log, stop: (code: number) => Promise<void>) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      log.info({ signal }, "[LAUNCHER] stopping");
      void stop(0);
    });
  }
  if (isStartedByNpm()) stopWithParent(() => void stop(0));
  process.on("uncaughtException", (error) => {
    log.error({ err: error }, "[LAUNCHER] stopping after an error that nobody handled");
    void stop(1);
  });
  process.on("unhandledRejection", (error) => {
    log.error({ err: error }, "[LAUNCHER] an error that nobody handled");
  });
}

/** npm that is killed hard passes no signal on: nobody could end us by Ctrl-C any more. */
function stopWithParent(stop: () => void) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_WATCH_MS).unref();
}

function complain(error: unknown) {
  console.error(explainFault(error) ?? error);
}

main().catch((error) => {
  complain(error);
  process.exit(1);
});
