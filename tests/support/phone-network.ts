import twilio from "twilio";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { simulatorControl } from "../../lib/embedded/simulator/client";
import { type SimulatorOptions, startSimulator } from "../../lib/embedded/simulator/server";
import { openWebhookSink, type WebhookSink } from "./webhook-sink";

export const ACCOUNT = `AC${"5".repeat(32)}`;
export const OTHER_ACCOUNT = `AC${"6".repeat(32)}`;
export const SERVICE = `MG${"7".repeat(32)}`;
export const TOKEN = "a-token-of-this-test";
export const SMS_NUMBER = "+33199001122";
export const POOL_NUMBER = "+33199001124";
export const WHATSAPP_NUMBER = "+33199001123";
export const PERSON = "+33612345678";

/** Life at its quickest: everything happens as soon as it can. */
export const HASTE = { sentAfterMs: 1, deliveredAfterMs: 1, readAfterMs: 1, pricedAfterMs: 0 };

export function accountsFor(webhookUrl: string): SimulatorOptions["accounts"] {
  return [
    {
      sid: ACCOUNT,
      token: TOKEN,
      friendlyName: "Librairie",
      webhookUrl,
      numbers: [
        { number: SMS_NUMBER },
        { number: POOL_NUMBER },
        { number: WHATSAPP_NUMBER, type: "whatsapp" },
      ],
      services: [{ sid: SERVICE, numbers: [POOL_NUMBER] }],
    },
    { sid: OTHER_ACCOUNT, token: "another-token", numbers: [{ number: "+33199001199" }] },
  ];
}

/** A phone network and an app's webhook address of this test file's own, calm before each test. */
export function openPhoneNetwork() {
  const opened = {} as {
    sink: WebhookSink;
    url: string;
    control: ReturnType<typeof simulatorControl>;
    client: twilio.Twilio;
  };
  let close: () => Promise<void>;
  beforeAll(async () => {
    const sink = await openWebhookSink();
    const simulator = await startSimulator({ accounts: accountsFor(`${sink.url}/in`) });
    const control = simulatorControl(simulator.url);
    const client = twilioClient(simulator.url);
    Object.assign(opened, { sink, url: simulator.url, control, client });
    close = async () => {
      await simulator.close();
      await sink.close();
    };
  });
  beforeEach(async () => {
    await opened.control.reset();
    await opened.control.setSwitches(null, HASTE);
    opened.sink.received.length = 0;
    opened.sink.answer = () => ({ status: 200, body: "<Response/>" });
  });
  afterAll(() => close());
  return opened;
}

/** Twilio's own SDK with nothing changed but the origin. */
export function twilioClient(origin: string, sid = ACCOUNT, token = TOKEN) {
  class Redirected extends twilio.RequestClient {
    override request<T>(options: Parameters<typeof twilio.RequestClient.prototype.request<T>>[0]) {
      const uri = options.uri.replace("https://api.twilio.com", origin);
      return super.request<T>({ ...options, uri });
    }
  }
  return twilio(sid, token, { httpClient: new Redirected({ timeout: 2_000 }) });
}
