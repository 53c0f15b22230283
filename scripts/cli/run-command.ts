import { openDatabase } from "../../db/client";
import { loadEnvFile } from "../../lib/env";
import type { Deps } from "../../lib/ports/deps";
import { systemChance } from "../../lib/providers/chance";
import { systemClock } from "../../lib/providers/clock";
import { createLog } from "../../lib/providers/log";
import { createAnnouncer } from "../../lib/realtime/announcer";
import { migrateWhenThere, openConfiguredDatabase } from "../launcher/database";
import { explainFault } from "../launcher/explain-fault";
import { readOptions } from "../launcher/options";

export type CommandDeps = Pick<Deps, "db" | "sql" | "clock" | "chance" | "realtime" | "settings">;

/** What was asked for cannot be done; the message is for the person at the terminal. */
export class CommandFault extends Error {}

/** The refusals of the launcher are about what it would put on the network; a command puts nothing there. */
const ANYWHERE = ["--public-demo", "--generated-secrets"];

/**
 * Runs one command against the configured database, whether the app is running or not: attaches to
 * the embedded server, or starts it for as long as the command takes. Prints what `work` returns on
 * stdout and everything else on stderr; a fault is one line and exit code 1.
 */
export async function runCommand(work: (deps: CommandDeps) => Promise<string>): Promise<void> {
  try {
    const output = await withDeps(work);
    process.stdout.write(`${output}\n`);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

async function withDeps(work: (deps: CommandDeps) => Promise<string>) {
  loadEnvFile();
  const { env, appUrl } = readOptions(ANYWHERE);
  const log = createLog({ level: "error", isPretty: false, destination: process.stderr });
  const opening = openConfiguredDatabase(env, log);
  endOnSignals(opening);
  const database = await opening;
  const clients = openDatabase(database.url, {
    poolSize: 2,
    applicationName: database.connectionName,
  });
  const realtime = createAnnouncer({ sql: clients.sql, log });
  try {
    await migrateWhenThere(database.directUrl, log, AbortSignal.timeout(10_000));
    return await work({
      db: clients.db,
      sql: clients.sql,
      clock: systemClock,
      chance: systemChance,
      realtime,
      settings: { appUrl, timeScale: 1, trustedOrigins: [], linkSecret: "" },
    });
  } finally {
    await realtime.flush();
    await clients.close();
    await database.close();
  }
}

/** A server that was started for this command must not outlive it. */
function endOnSignals(opening: ReturnType<typeof openConfiguredDatabase>) {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => {
      void opening.then((database) => database.close()).finally(() => process.exit(code));
    });
  }
}

function explain(error: unknown): string {
  if (error instanceof CommandFault) return error.message;
  const fault = explainFault(error);
  if (fault) return fault;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
