import { startApp } from "./app";
import { median, rounded } from "./figures";
import { APP_URL, type Posted, postTexts, startBare } from "./inbound-servers";
import { type Rig, withRig } from "./rig";
import { insertSender } from "./sender";

type Contender = { name: "carillon" | "bare"; origin: string; rounds: Posted[] };

const REQUESTS = 8000;

/**
 * Signed webhooks made durable, per second, at 50 connections, 10,000 contacts, 5 % duplicates:
 * the app against a bare `node:http` server that checks the signature and runs the same statement.
 * Server and load are processes of their own, rounds are interleaved, medians are compared.
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const contenders = [await startCarillon(rig), await startBareWithRows(rig)];
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

async function startBareWithRows(rig: Rig): Promise<Contender> {
  const databaseUrl = await rig.makeDatabase();
  await insertSender(rig.connect(databaseUrl));
  return { name: "bare", origin: await startBare(rig, databaseUrl), rounds: [] };
}

/** The first round of each warms it up and is not counted. */
async function measure(contenders: readonly Contender[], count: number) {
  for (let round = 0; round <= count; round++) {
    for (const { name, origin, rounds } of contenders) {
      const result = await postTexts(origin, { round, requests: REQUESTS });
      console.error(`${name} round ${round}: ${JSON.stringify(result)}`);
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
