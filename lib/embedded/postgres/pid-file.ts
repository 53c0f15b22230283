import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isErrno } from "../secrets";

/** What a running server says of itself in `postmaster.pid`. */
export type PidFile = { pid: number; port: number; isReady: boolean };

/** null when there is none, or it is still being written. */
export function readPidFile(data: string): PidFile | null {
  try {
    const lines = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return pid > 0 && port > 0 ? { pid, port, isReady: lines[7]?.trim() === "ready" } : null;
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, "EPERM");
  }
}

/** Is that process a server on this data directory, and not a stranger who got its number later? */
export function isServerOf(data: string, pid: number): boolean {
  if (!isProcessAlive(pid)) return false;
  return commandLine(pid).includes(data);
}

/**
 * A crashed server's number may belong to a stranger by now, which makes PostgreSQL refuse to start.
 * Only the number is replaced, by one that no process can have: the rest of the file lets PostgreSQL
 * wait for what the crashed server may have left in memory.
 */
export function disownPidFile(data: string, pid: number) {
  if (!isProcessAlive(pid)) return;
  const path = join(data, "postmaster.pid");
  writeFileSync(path, readFileSync(path, "utf8").replace(/^\d+/, "999999999"));
}

/** A server writes its file in the moment in which it makes it. */
const EMPTY_FOR_MS = 5000;

/**
 * An empty file is one that is being written, or what a crash of the machine left of one: PostgreSQL
 * refuses to start on both. Takes the latter away.
 */
export function dropEmptyPidFile(data: string) {
  const path = join(data, "postmaster.pid");
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.size === 0 && Date.now() - found.mtimeMs > EMPTY_FOR_MS) rmSync(path, { force: true });
}

function commandLine(pid: number) {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    // It ended while we looked.
    return "";
  }
}
