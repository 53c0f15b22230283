import { join } from "node:path";
import { DEMO_LOGINS, demoAccounts, demoHistory, loadDemo } from "../../db/demo";
import { type DemoMailAccount, demoMailAccounts } from "../../db/demo/mail";
import { resendWebhookAddress } from "../../lib/domain/webhook-address";
import { findFreePort } from "../../lib/embedded/free-port";
import { type Simulator, startSimulator } from "../../lib/embedded/simulator/server";
import type { Deps } from "../../lib/ports/deps";
import { livePast } from "../demo/live-past";
import type { Login } from "./greeting";
import type { LaunchOptions } from "./options";

/** The simulator's port lies this far above the app's, where that one is free. */
const PORT_DISTANCE = 10_000;

/** Chosen before the simulator runs: the demo's accounts are loaded with its address. */
export async function chooseSimulatorOrigin({ env }: LaunchOptions): Promise<string> {
  const port = await findFreePort(env.PORT + PORT_DISTANCE);
  return `http://127.0.0.1:${port}`;
}

type Demo = {
  history: Awaited<ReturnType<typeof demoHistory>>;
  mailAccounts: DemoMailAccount[];
};

/** Loads the demo where it is missing. Returns what its phone network remembers, and its mail accounts. */
export async function prepareDemo(deps: Deps, simulatorUrl: string): Promise<Demo> {
  await loadDemo(deps, { simulatorUrl, live: (tx, stage) => livePast(deps, tx, stage) });
  const mailAccounts = await demoMailAccounts(deps.db);
  return { history: await demoHistory(deps.db), mailAccounts };
}

/** Starts the phone network that the demo's numbers belong to. */
export function startPhoneNetwork({
  options,
  origin,
  demo,
}: {
  options: LaunchOptions;
  origin: string;
  demo: Demo;
}): Promise<Simulator> {
  return startSimulator({
    port: Number(new URL(origin).port),
    dataDir: join(options.env.DATA_DIR, "simulator"),
    history: demo.history,
    mailAccounts: demo.mailAccounts.map(({ integrationId, ...account }) => ({
      ...account,
      webhookUrl: resendWebhookAddress(options.appUrl, integrationId),
    })),
    accounts: demoAccounts().map(({ sid, token, name, numbers }) => ({
      sid,
      token,
      friendlyName: name,
      webhookUrl: `${options.appUrl}/api/webhooks/twilio`,
      numbers: numbers.map(({ name: friendlyName, ...number }) => ({ ...number, friendlyName })),
    })),
  });
}

export function demoLogins(): Login[] {
  return DEMO_LOGINS.map(({ email, password, workspaces }) => ({
    email,
    password,
    role: workspaces.map(({ slug, role }) => `${role} of ${slug}`).join(", "),
  }));
}
