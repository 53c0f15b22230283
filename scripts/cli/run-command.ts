import { openDatabase } from "../../db/client";
import { isDatabaseGone } from "../../db/is-database-gone";
import { PostgresProblem } from "../../lib/embedded/postgres/problem";
import { WrongVariable } from "../../lib/env";
import type { Deps } from "../../lib/ports/deps";
import { systemChance } from "../../lib/providers/chance";
import { systemClock } from "../../lib/providers/clock";
import { createLog } from "../../lib/providers/log";
import { createAnnouncer } from "../../lib/realtime/announcer";
import { migrateWhenThere, openConfiguredDatabase } from "../launcher/database";
import { Refusal, readOptions } from "../launcher/options";

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
  const { env, appUrl } = readOptions(ANYWHERE);
  const log = createLog({ level: "error", isPretty: false, destination: process.stderr });
  const database = await openConfiguredDatabase(env, log);
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

function explain(error: unknown): string {
  const isOurs = [CommandFault, Refusal, WrongVariable, PostgresProblem].some(
    (known) => error instanceof known,
  );
  if (isOurs && error instanceof Error) return error.message;
  if (isDatabaseGone(error) || (error instanceof Error && error.name === "AbortError")) {
    return "The database does not answer: check DATABASE_URL and that its server runs";
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
