import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { findFreePort } from "../free-port";
import { isErrno } from "../secrets";
import type { Binaries } from "./binaries";
import type { Home } from "./home";
import { disownPidFile, dropEmptyPidFile, isServerOf, readPidFile } from "./pid-file";
import { PostgresProblem } from "./problem";

/** A server that answers on this data directory, whoever started it. */
export type Server = { pid: number; port: number; wasRunning: boolean };

export const SUPERUSER = "carillon";

/** Nothing of ours: a PGPORT or a secret of the launcher is no business of the server's. */
export const CHILD_ENV: NodeJS.ProcessEnv = { NODE_ENV: "production", LC_ALL: "C" };

/** Crash recovery of a large database may take a while. */
const PATIENCE_MS = 60_000;
/** Many tests share one such server, each with a pool or more. */
const THROW_AWAY = {
  max_connections: "300",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};
const GLANCE_MS = 25;

type Options = {
  home: Home;
  binaries: Binaries;
  password: string;
  /** The one that our connections know; null: any free one. */
  port: number | null;
  /** false: a crash of the machine may lose data; for throw-away servers. */
  isDurable: boolean;
};

/**
 * The server on this data directory: the one that runs (an earlier launcher may have been killed and
 * left it), else a new one. Several processes may ask at once; PostgreSQL's own lock lets one start it.
 */
export async function findOrStartServer(options: Options): Promise<Server> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const found = await findServer(options);
    if (found) return found;
    const started = await startServer(options, deadline);
    if (started) return started;
  }
  throw new PostgresProblem(
    `PostgreSQL is not ready after a minute; its log: ${options.home.logFile}`,
  );
}

/** Waits for a server that is starting. */
async function findServer(options: Options): Promise<Server | null> {
  const { data } = options.home;
  for (let file = readPidFile(data); file; file = readPidFile(data)) {
    if (!isServerOf(data, file.pid)) {
      disownPidFile(data, file.pid);
      return null;
    }
    if (file.isReady) {
      await verifyServer(options, file.port);
      return { pid: file.pid, port: file.port, wasRunning: true };
    }
    await sleep(GLANCE_MS);
  }
  return null;
}

/** The port and the password could be somebody else's: only the server itself knows its directory. */
async function verifyServer({ home, password }: Options, port: number) {
  const client = postgres(serverUrl(port, password, "postgres"), { max: 1, connect_timeout: 5 });
  try {
    const [row] = await client`show data_directory`;
    if ((await realpath(String(row?.data_directory))) === home.data) return;
  } catch (error) {
    throw new PostgresProblem(
      `PostgreSQL runs on ${home.data} but does not let us in with ${home.passwordFile}: ${String(error)}`,
    );
  } finally {
    await client.end({ timeout: 1 });
  }
  throw new PostgresProblem(`The server on port ${port} is not the one of ${home.data}`);
}

/** The port is taken, or another server is there or about to be. */
const OTHER_STARTS = /already in use|lock file .* (?:already exists|is empty)|shared memory block/;

/** null: the port was taken or another process won the start; look again. */
async function startServer(options: Options, deadline: number): Promise<Server | null> {
  const { home } = options;
  setAsideLongLog(home.logFile);
  const logStart = readLog(home).length;
  const port = options.port ?? (await findFreePort());
  const child = spawnServer(options, port);
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      const said = readLog(home).slice(logStart);
      if (OTHER_STARTS.test(said)) {
        dropEmptyPidFile(home.data);
        await sleep(GLANCE_MS * 10);
        return null;
      }
      throw new PostgresProblem(`PostgreSQL does not start:\n${said.trim()}`);
    }
    const file = readPidFile(home.data);
    if (file?.isReady && file.pid === child.pid) return { pid: file.pid, port, wasRunning: false };
    await sleep(GLANCE_MS);
  }
  return null;
}

function spawnServer({ home, binaries, isDurable }: Options, port: number): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    // Two lines every five minutes, for ever, on a disk that may be small.
    log_checkpoints: "off",
    max_connections: "100",
    ...(isDurable ? {} : THROW_AWAY),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(home.logFile, "a", 0o600);
  // Detached: the terminal's Ctrl-C must reach us alone, we then stop it after our last query.
  const child = spawn(binaries.postgres, ["-D", home.data, "-p", String(port), ...flags], {
    ...(home.owner ?? {}),
    cwd: home.folder,
    detached: true,
    stdio: ["ignore", log, log],
    env: CHILD_ENV,
  });
  closeSync(log);
  child.on("error", () => undefined);
  child.unref();
  return child;
}

const LONG_LOG_BYTES = 1024 * 1024;

/** One is kept: whatever was set aside before goes. */
function setAsideLongLog(file: string) {
  try {
    if (statSync(file).size > LONG_LOG_BYTES) renameSync(file, `${file}.1`);
  } catch (error) {
    // There is none yet, or another process that starts the server was faster.
    if (!isErrno(error, "ENOENT")) throw error;
  }
}

function readLog(home: Home) {
  try {
    return readFileSync(home.logFile, "utf8");
  } catch {
    return "";
  }
}

export function serverUrl(port: number, password: string, database: string) {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Ends the server in good order; the hard way after 15 s. */
export async function stopServer(data: string, pid: number) {
  for (const [signal, patience] of [
    ["SIGINT", 15_000],
    ["SIGQUIT", 5_000],
  ] as const) {
    if (!isServerOf(data, pid)) return;
    process.kill(pid, signal);
    const deadline = Date.now() + patience;
    while (isServerOf(data, pid) && Date.now() < deadline) await sleep(GLANCE_MS);
  }
}
