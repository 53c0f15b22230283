import { spawn } from "node:child_process";
import type { Rig } from "./rig";
import { SENDER } from "./sender";

/** What the signatures are made for; every server is told so. */
export const APP_URL = "http://127.0.0.1";

/** Milliseconds from when a request was due until it was answered. */
export type Posted = { rps: number; p50: number; p99: number; refused: number };

/** The bare server in a process of its own (scripts/bench/bare-inbound.ts). */
export function startBare(rig: Rig, databaseUrl: string): Promise<string> {
  const args = ["--import", "tsx", "scripts/bench/bare-inbound.ts"];
  return rig.serve((PORT) => ({ args, env: { DATABASE_URL: databaseUrl, APP_URL, PORT } }));
}

type Load = {
  /** Each has texts of its own. */
  round: number;
  requests: number;
  /** Left out: as fast as 50 connections are answered. */
  perSecond?: number;
};

/** Posts texts to a server from a process of its own. @throws when one is refused */
export async function postTexts(origin: string, load: Load): Promise<Posted> {
  const port = Number(new URL(origin).port);
  const { sid, token, number: sender } = SENDER;
  const all = { perSecond: null, ...load, port, appUrl: APP_URL, sid, token, sender };
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/bench/inbound-load.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LOAD: JSON.stringify(all) },
  });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  const posted = JSON.parse(output) as Posted;
  if (posted.refused > 0) throw new Error(`${origin} refused ${posted.refused} posts`);
  return posted;
}
