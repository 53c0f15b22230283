import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import type { TestWorkspace } from "./workspace";

type Options = {
  /** Of ledger and media: kept over restarts. */
  folder: string;
  port: number;
};

/** The phone network as `npm run simulator` starts it: a judge that outlives what it judges. */
export async function startSimulatorProcess({ folder, port }: Options) {
  let child = await launch(folder, port);
  const url = `http://127.0.0.1:${port}`;
  const control = simulatorControl(url);
  return {
    url,
    control,
    /** Makes the workspace's account and number known to the network; texts in go to `webhookUrl`. */
    register: ({ account, integration }: TestWorkspace, webhookUrl: string | null = null) =>
      control.registerAccount({
        sid: account.sid,
        token: account.token,
        webhookUrl,
        numbers: [{ number: integration.sender }],
      }),
    /** Ends it in good order and starts it again on its ledger: what was under way goes on. */
    restart: async () => {
      await end(child);
      child = await launch(folder, port);
    },
    stop: () => end(child),
  };
}

export type SimulatorProcess = Awaited<ReturnType<typeof startSimulatorProcess>>;

async function launch(folder: string, port: number) {
  const flags = ["--port", String(port), "--data", folder];
  const script = resolve("scripts/simulator.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("listens on")) resolve();
    });
  });
  return child;
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
