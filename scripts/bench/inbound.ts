import { spawn } from "node:child_process";
import { startApp } from "./app";
import { median, rounded } from "./figures";
import { type Rig, withRig } from "./rig";
import { insertSender, SENDER } from "./sender";

type Round = { rps: number; p50: number; p99: number; refused: number };
type Contender = { name: "carillon" | "bare"; origin: string; rounds: Round[] };

const REQUESTS = 8000;
/** What the signatures are made for; both servers are told so. */
const APP_URL = "http://127.0.0.1";

/**
 * Signed webhooks made durable, per second, at 50 connections, 10,000 contacts, 5 % duplicates:
 * the app against a bare `node:http` server that checks the signature and runs the same statement.
 * Server and load are processes of their own, rounds are interleaved, medians are compared.
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const contenders = [await startCarillon(rig), await startBare(rig)];
    await measure(contenders, rig.rounds);
    return report(contenders);
  });
}

async function startCarillon(rig: Rig): Promise<Contender> {
  const databaseUrl = await rig.makeDatabase();
  await insertSender(rig.connect(databaseUrl));
  const origin = await startApp(rig, { databaseUrl, appUrl: APP_URL });
  return { name: "carillon", origin, rounds: [] };
}

async function startBare(rig: Rig): Promise<Contender> {
  const DATABASE_URL = await rig.makeDatabase();
  await insertSender(rig.connect(DATABASE_URL));
  const args = ["--import", "tsx", "scripts/bench/bare-inbound.ts"];
  const origin = await rig.serve((PORT) => ({ args, env: { DATABASE_URL, APP_URL, PORT } }));
  return { name: "bare", origin, rounds: [] };
}

/** The first round of each warms it up and is not counted. */
async function measure(contenders: readonly Contender[], count: number) {
  for (let round = 0; round <= count; round++) {
    for (const { name, origin, rounds } of contenders) {
      const result = await runLoad(origin, round);
      console.error(`${name} round ${round}: ${JSON.stringify(result)}`);
      if (result.refused > 0) throw new Error(`${name} refused ${result.refused} posts`);
      if (round > 0) rounds.push(result);
    }
  }
}

function report(contenders: readonly Contender[]) {
  const [carillon, bare] = contenders.map(({ rounds }) => ({
    rps: Math.round(median(rounds.map(({ rps }) => rps))),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
  }));
  const ratio = rounded((carillon?.rps ?? 0) / (bare?.rps ?? 1));
  return { bench: "inbound", ratio, reached: ratio >= 0.9, carillon, bare };
}

async function runLoad(origin: string, round: number): Promise<Round> {
  const port = Number(new URL(origin).port);
  const { sid, token, number: sender } = SENDER;
  const load = { port, round, requests: REQUESTS, appUrl: APP_URL, sid, token, sender };
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/bench/inbound-load.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LOAD: JSON.stringify(load) },
  });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  return JSON.parse(output) as Round;
}
