import { join } from "node:path";
import autocannon from "autocannon";
import type { Rig } from "./rig";
import { SENDER } from "./sender";

/** The phone network in a process of its own. */
export function startSimulator(rig: Rig): Promise<string> {
  return rig.serve((port) => ({
    args: [
      ...["--import", "tsx", "scripts/simulator.ts", "--port", port],
      ...["--data", join(rig.folder, "simulator")],
      ...["--account", `${SENDER.sid}:${SENDER.token}:${SENDER.number}`],
    ],
  }));
}

const SECONDS = 5;

/** Creates per second that the simulator bears at 50 connections: it must not be what is measured. */
export async function measureSimulator(origin: string): Promise<number> {
  const credentials = Buffer.from(`${SENDER.sid}:${SENDER.token}`).toString("base64");
  const form = {
    To: "+33612500000",
    From: SENDER.number,
    Body: "Bonjour, est-ce que tout va bien ?",
  };
  const result = await autocannon({
    url: `${origin}/2010-04-01/Accounts/${SENDER.sid}/Messages.json`,
    method: "POST",
    connections: 50,
    duration: SECONDS,
    headers: {
      authorization: `Basic ${credentials}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams(form).toString(),
  });
  if (result.non2xx > 0) throw new Error(`the simulator refused ${result.non2xx} creates`);
  return Math.round(result.requests.average);
}
