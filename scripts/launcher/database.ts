import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseGone } from "../../db/is-database-gone";
import { migrateDatabase } from "../../db/migrate";
import { CONNECTION_NAME, startPostgres } from "../../lib/embedded/postgres/start-postgres";
import type { Env } from "../../lib/env";
import type { Log } from "../../lib/ports/log";

export type OpenedDatabase = {
  url: string;
  /** Straight to the server, past any pooler. */
  directUrl: string;
  connectionName: string;
  isEmbedded: boolean;
  close: () => Promise<void>;
};

const RETRY_MS = 500;

/** The database of DATABASE_URL, else the embedded one below DATA_DIR. */
export async function openConfiguredDatabase(
  env: Pick<Env, "DATABASE_URL" | "DATABASE_DIRECT_URL" | "DATA_DIR">,
  log: Log,
): Promise<OpenedDatabase> {
  if (env.DATABASE_URL) {
    return {
      url: env.DATABASE_URL,
      directUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
      connectionName: CONNECTION_NAME,
      isEmbedded: false,
      close: async () => undefined,
    };
  }
  const server = await startPostgres({ folder: `${env.DATA_DIR}/postgres`, log });
  return {
    url: server.url,
    directUrl: server.url,
    connectionName: CONNECTION_NAME,
    isEmbedded: true,
    close: server.stop,
  };
}

type Waiting = { log: Log; signal: AbortSignal };

/** Migrates; waits for a database that is not there yet, as when everything starts at once. */
export function migrateWhenThere(url: string, log: Log, signal: AbortSignal) {
  return whenDatabaseThere(() => migrateDatabase(url), { log, signal });
}

/**
 * Does a step of the start that needs the database, again until it answers: on a machine that is busy
 * starting, a connection may take longer than a request could wait for. The step must be repeatable.
 */
export async function whenDatabaseThere<T>(step: () => Promise<T>, { log, signal }: Waiting) {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!isDatabaseGone(error)) throw error;
      log.warn({ error: reasonOf(error) }, "[LAUNCHER] the database does not answer yet");
      await sleep(RETRY_MS, undefined, { signal });
    }
  }
}

function reasonOf(error: unknown) {
  return error instanceof Error && "code" in error ? error.code : String(error);
}
