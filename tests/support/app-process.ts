import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { findFreePort } from "../../lib/embedded/free-port";

const BUNDLE = resolve(".next/launcher/serve.mjs");

/** Is the app that `launchApp` starts the production build? */
export const isProductionBuild = existsSync(BUNDLE);

export type AppProcess = {
  readonly pid: number;
  /** Everything it has said so far. */
  readonly said: () => string;
  /** Resolves when it answers requests (there); throws with its last words when it ends instead. */
  readonly answers: (path?: string) => Promise<void>;
  readonly hasEnded: () => boolean;
  /** Ends it in good order. */
  readonly end: () => Promise<void>;
  /** Kills its whole process group at once: nothing is flushed, nobody is told. */
  readonly kill: () => Promise<void>;
};

/**
 * Starts the app in a process group of its own: the production build where there is one, else the
 * launcher in development mode.
 *
 * @param env `PORT` must be among it.
 */
export function launchApp(env: Record<string, string>, flags: readonly string[] = []): AppProcess {
  const command = isProductionBuild
    ? [BUNDLE]
    : ["--import", "tsx", resolve("scripts/serve.ts"), "--dev"];
  const child = spawn(process.execPath, [...command, ...flags], {
    env: { ...process.env, TZ: "Pacific/Chatham", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  }
  const { pid } = child;
  if (!pid) throw new Error("the app could not be started");
  return {
    pid,
    said: () => output.join(""),
    hasEnded: () => hasEnded(child),
    answers: (path = "/openapi.json") =>
      untilAnswers(`http://127.0.0.1:${env.PORT}${path}`, child, output),
    end: () => stop(child, "SIGTERM"),
    kill: () => stop(child, "SIGKILL"),
  };
}

async function untilAnswers(url: string, child: ChildProcess, output: readonly string[]) {
  for (;;) {
    if (hasEnded(child)) throw new Error(`the app ended: ${output.join("")}`);
    const response = await fetch(url).catch(() => null);
    await response?.body?.cancel();
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals) {
  if (hasEnded(child) || !child.pid) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, signal);
  await ended;
}

function hasEnded({ exitCode, signalCode }: ChildProcess) {
  return exitCode !== null || signalCode !== null;
}

/** Each worker takes its ports from a range of its own. */
const PORTS = { first: 12_000, ofWorker: 1000 };
let taken = randomInt(PORTS.ofWorker);

/**
 * A port for what a test starts, and may start again there. Below those that the system gives to
 * connections, so that nobody takes it meanwhile.
 */
export async function freePort(): Promise<number> {
  const first = PORTS.first + Number(process.env.TEST_PARALLEL_INDEX ?? 0) * PORTS.ofWorker;
  for (;;) {
    taken += 1;
    const port = first + (taken % PORTS.ofWorker);
    if ((await findFreePort(port)) === port) return port;
  }
}
