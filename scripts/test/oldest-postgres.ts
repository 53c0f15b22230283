import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../../lib/embedded/free-port";
import { findOwner, type Owner } from "../../lib/embedded/postgres/owner";
import { readPidFile } from "../../lib/embedded/postgres/pid-file";
import { randomSecret } from "../../lib/embedded/secrets";

/** The oldest PostgreSQL that the product runs on, where Debian installs it. */
const PROGRAMS = "/usr/lib/postgresql/15/bin";
const GLANCE_MS = 50;

export function hasOldestPostgres(): boolean {
  return existsSync(join(PROGRAMS, "postgres"));
}

/**
 * Runs `work` with the address of a throw-away server of that version, made for it.
 *
 * @throws when the server cannot be made or does not start, with what it said.
 */
export async function withOldestPostgres<T>(work: (url: string) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "carillon-postgres-15-"));
  const owner = findOwner(join(folder, "data"));
  const password = randomSecret(32);
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [folder, passwordFile]) if (owner) chownSync(path, owner.uid, owner.gid);
  try {
    initialise(folder, owner);
    const port = await findFreePort();
    const server = await start(folder, { owner, port });
    try {
      return work(`postgres://carillon:${password}@127.0.0.1:${port}/postgres`);
    } finally {
      await stop(server);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function initialise(folder: string, owner: Owner) {
  const access = ["-U", "carillon", "-A", "scram-sha-256", "--pwfile", join(folder, "password")];
  const { status, stderr, error } = spawnSync(
    join(PROGRAMS, "initdb"),
    ["-D", join(folder, "data"), "-E", "UTF8", "--locale=C", "--no-sync", ...access],
    { ...owner, cwd: folder, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`initdb of PostgreSQL 15: ${error?.message ?? stderr}`);
}

async function start(folder: string, { owner, port }: { owner: Owner; port: number }) {
  const data = join(folder, "data");
  const logFile = join(folder, "log");
  const log = openSync(logFile, "a");
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
  // In our process group: the terminal's Ctrl-C ends it too.
  const server = spawn(
    join(PROGRAMS, "postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    { ...owner, cwd: folder, stdio: ["ignore", log, log] },
  );
  while (!readPidFile(data)?.isReady) {
    if (server.exitCode !== null) {
      throw new Error(`PostgreSQL 15 does not start: ${readFileSync(logFile, "utf8")}`);
    }
    await sleep(GLANCE_MS);
  }
  return server;
}

/** Fast: whoever is still connected is cut off. */
async function stop(server: ChildProcess) {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGINT");
  await ended;
}
