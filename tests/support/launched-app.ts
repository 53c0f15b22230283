import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./app-process";

type Started = { child: ChildProcess; output: () => string; ended: Promise<number | null> };

/** What a person's shell would have and nothing of the tests': no NODE_ENV, though Next's types want it. */
function shellEnv(more: Record<string, string>) {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, ...more } as unknown as NodeJS.ProcessEnv;
}

/** Runs a command of the project as at a terminal: a process group of its own, that environment only. */
export function startCommand(line: readonly string[], env: Record<string, string> = {}): Started {
  const [command = "", ...args] = line;
  const child = spawn(command, args, {
    env: shellEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  }
  const ended = once(child, "close").then(() => child.exitCode);
  return { child, output: () => said.join(""), ended };
}

/** Runs a command to its end. */
export async function runToEnd(line: readonly string[], env: Record<string, string> = {}) {
  const [command = "", ...args] = line;
  const child = spawn(command, args, {
    env: shellEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.stderr += chunk;
  });
  await once(child, "close");
  return { ...said, code: child.exitCode };
}

/** A data folder and a port for the launches of one test. */
export async function openPlace() {
  const parent = await mkdtemp(join(tmpdir(), "carillon-launch-"));
  const dataDir = join(parent, "data");
  const port = await freePort();
  const database = () => realpath(join(dataDir, "postgres"));
  const processes = async () => {
    const home = existsSync(join(dataDir, "postgres")) ? await database() : dataDir;
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .filter((pid) => [dataDir, home].some((text) => describes(pid, text)));
  };
  return {
    dataDir,
    port,
    env: { PORT: String(port), DATA_DIR: dataDir },
    postgresLog: async () => readFileSync(join(await database(), "postgres.log"), "utf8"),
    /** Processes that name this data folder in their command line or environment. */
    processes,
    start: (line: readonly string[], env: Record<string, string> = {}) =>
      startCommand(line, { PORT: String(port), DATA_DIR: dataDir, ...env }),
    remove: async () => {
      // A test that failed may have left some.
      for (const pid of await processes()) process.kill(Number(pid), "SIGKILL");
      if (existsSync(join(dataDir, "postgres"))) await rm(await database(), { recursive: true });
      await rm(parent, { recursive: true, force: true });
    },
  };
}

function describes(pid: string, text: string) {
  return ["cmdline", "environ"].some((file) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, "utf8").includes(text);
    } catch {
      // It ended while we looked, or is another account's.
      return false;
    }
  });
}

/** To everybody in the command's group, as the terminal's Ctrl-C. */
export function signalGroup({ child }: Started, signal: NodeJS.Signals) {
  if (child.pid) process.kill(-child.pid, signal);
}
