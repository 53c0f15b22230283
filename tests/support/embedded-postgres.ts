import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { startPostgres } from "../../lib/embedded/postgres/start-postgres";
import { createLog } from "../../lib/providers/log";

const log = createLog({ level: "silent", isPretty: false });

/** A folder for one embedded server, and the servers that were started on it; all go with `remove`. */
export async function openServerFolder() {
  const parent = await mkdtemp(join(tmpdir(), "carillon-postgres-"));
  const folder = join(parent, "postgres");
  const started: Awaited<ReturnType<typeof startPostgres>>[] = [];
  const stopAll = async () => {
    for (const server of started.splice(0)) await server.stop();
  };
  return {
    folder,
    /** In the home that `folder` may be a link to. */
    path: async (name: string) => join(await realpath(folder), name),
    start: async () => {
      const server = await startPostgres({ folder, log, isDurable: false });
      started.push(server);
      return server;
    },
    stopAll,
    remove: async () => {
      await stopAll();
      await rm(await realpath(folder), { recursive: true, force: true });
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** A process that starts the server of that folder and is killed the hard way: the server stays. */
export async function orphanServer(folder: string): Promise<number> {
  const code = `
    const { startPostgres } = await import("./lib/embedded/postgres/start-postgres.ts");
    const log = { info() {}, warn() {}, error() {}, debug() {} };
    const server = await startPostgres({ folder: process.argv[1], log, isDurable: false });
    console.log(server.pid());
    setInterval(() => {}, 1000);`;
  const flags = ["--import", "tsx", "--input-type=module", "-e", code, folder];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
  const pid = await firstLine(child);
  child.kill("SIGKILL");
  await once(child, "exit");
  return Number(pid);
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("the child has no stdout");
  for await (const chunk of child.stdout) return String(chunk).trim();
  throw new Error("the child ended without a word");
}

/** One value, asked over a connection of its own. */
export async function ask(url: string, query: string): Promise<unknown> {
  const client = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await client.unsafe(query);
    return row && Object.values(row)[0];
  } finally {
    await client.end({ timeout: 1 });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed child that nobody waited for is no process any more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
