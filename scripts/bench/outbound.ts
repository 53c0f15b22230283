import { simulatorControl } from "../../lib/embedded/simulator/client";
import { median, rounded } from "./figures";
import { startCarillon } from "./outbound-app";
import { startBareLoop } from "./outbound-bare";
import { type Contender, MESSAGES, type Round } from "./outbound-texts";
import { type Rig, withRig } from "./rig";
import { measureSimulator, startSimulator } from "./simulator";

/**
 * 5,000 queued texts to 500 contacts through the simulator, each result recorded: the app's dispatch
 * against a bare loop over an outbox table. App, loop and simulator are processes of their own,
 * rounds are interleaved, medians are compared: first without status callbacks, then with three a
 * message, which both receive and record.
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const simulator = await startSimulator(rig);
    const control = simulatorControl(simulator);
    let hasReceipts = false;
    const app = await startCarillon(rig, { simulator, hasReceipts: () => hasReceipts });
    const bare = await startBareLoop(rig, { simulator, hasReceipts: () => hasReceipts });
    await control.setSwitches(null, { receipts: false });
    const calm = await compare(rig, [app, bare]);
    hasReceipts = true;
    await control.setSwitches(null, { receipts: true, queuedReceipt: true });
    const withCallbacks = await compare(rig, [app, bare]);
    await control.setSwitches(null, { receipts: false });
    const simulated = await measureSimulator(simulator);
    const overBare = rounded(simulated / calm.bare.sendsPerSecond);
    return {
      bench: "outbound",
      unit: "sends/s",
      reached: calm.ratio >= 0.8 && (withCallbacks.ratioUntilDelivered ?? 0) >= 0.6,
      ...calm,
      withCallbacks,
      simulator: { createsPerSecond: simulated, overBare },
    };
  });
}

type Measured = Round & { cpuMsPerMessage: number; residentMb: number };

/** The first round of each warms it up and is not counted. */
async function compare(rig: Rig, contenders: readonly Contender[]) {
  const rounds = { carillon: [] as Measured[], bare: [] as Measured[] };
  for (let round = 0; round <= rig.rounds; round++) {
    for (const contender of contenders) {
      const result = await measure(rig, contender);
      console.error(`${contender.name} round ${round}: ${JSON.stringify(result)}`);
      if (round > 0) rounds[contender.name].push(result);
    }
  }
  const [carillon, bare] = [summaryOf(rounds.carillon), summaryOf(rounds.bare)];
  const ratio = rounded(carillon.sendsPerSecond / bare.sendsPerSecond);
  if (!carillon.secondsUntilDelivered || !bare.secondsUntilDelivered) {
    return { ratio, carillon, bare };
  }
  // Who puts off its callbacks sends faster: what counts is when all of it is done.
  const ratioUntilDelivered = rounded(bare.secondsUntilDelivered / carillon.secondsUntilDelivered);
  return { ratio, ratioUntilDelivered, carillon, bare };
}

/** What the process itself takes; its share of PostgreSQL and of the simulator is not in it. */
async function measure(rig: Rig, { origin, run }: Contender): Promise<Measured> {
  const before = await rig.cpuSeconds(origin);
  const round = await run();
  const used = (await rig.cpuSeconds(origin)) - before;
  const cpuMsPerMessage = rounded((used * 1000) / MESSAGES);
  return { ...round, cpuMsPerMessage, residentMb: await rig.residentMb(origin) };
}

function summaryOf(rounds: readonly Measured[]) {
  const delivered = rounds.flatMap((one) => one.secondsUntilDelivered ?? []);
  return {
    sendsPerSecond: Math.round(median(rounds.map((one) => one.sendsPerSecond))),
    cpuMsPerMessage: rounded(median(rounds.map((one) => one.cpuMsPerMessage))),
    residentMb: Math.max(...rounds.map((one) => one.residentMb)),
    ...(delivered.length > 0 && { secondsUntilDelivered: rounded(median(delivered)) }),
  };
}
