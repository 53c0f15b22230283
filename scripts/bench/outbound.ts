import { simulatorControl } from "../../lib/embedded/simulator/client";
import { median, rounded } from "./figures";
import { startCarillon } from "./outbound-app";
import { startBareLoop } from "./outbound-bare";
import type { Contender, Round } from "./outbound-texts";
import { withRig } from "./rig";
import { measureSimulator, startSimulator } from "./simulator";

/**
 * 5,000 queued texts to 500 contacts through the simulator, each result recorded: the app's dispatch
 * against a bare loop over an outbox table. App, loop and simulator are processes of their own,
 * rounds are interleaved, medians are compared: first without status callbacks, then with three a
 * message to the app (the bare loop never has any).
 */
export function bench(): Promise<Record<string, unknown>> {
  return withRig(async (rig) => {
    const simulator = await startSimulator(rig);
    const control = simulatorControl(simulator);
    let hasReceipts = false;
    const app = await startCarillon(rig, { simulator, hasReceipts: () => hasReceipts });
    const bare = await startBareLoop(rig, simulator);
    await control.setSwitches(null, { receipts: false });
    const calm = await compare([app, bare], rig.rounds);
    hasReceipts = true;
    await control.setSwitches(null, { receipts: true, queuedReceipt: true });
    const withCallbacks = await compare([app, bare], rig.rounds);
    await control.setSwitches(null, { receipts: false });
    const simulated = await measureSimulator(simulator);
    const { ratio } = calm;
    const overBare = rounded(simulated / calm.bare);
    return {
      bench: "outbound",
      unit: "sends/s",
      reached: ratio >= 0.6,
      ...calm,
      withCallbacks,
      simulator: { createsPerSecond: simulated, overBare },
    };
  });
}

/** The first round of each warms it up and is not counted. */
async function compare(contenders: readonly Contender[], count: number) {
  const rounds = { carillon: [] as Round[], bare: [] as Round[] };
  for (let round = 0; round <= count; round++) {
    for (const { name, run } of contenders) {
      const result = await run();
      console.error(`${name} round ${round}: ${JSON.stringify(result)}`);
      if (round > 0) rounds[name].push(result);
    }
  }
  const [carillon, floor] = [rateOf(rounds.carillon), rateOf(rounds.bare)];
  const delivered = rounds.carillon.flatMap((one) => one.secondsUntilDelivered ?? []);
  return {
    ratio: rounded(carillon / floor),
    carillon,
    bare: floor,
    ...(delivered.length > 0 && { secondsUntilDelivered: rounded(median(delivered)) }),
  };
}

function rateOf(rounds: readonly Round[]): number {
  return Math.round(median(rounds.map(({ sendsPerSecond }) => sendsPerSecond)));
}
