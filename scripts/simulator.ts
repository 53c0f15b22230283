import { parseArgs } from "node:util";
import type { AccountInput } from "../lib/embedded/simulator/accounts";
import { startSimulator } from "../lib/embedded/simulator/server";

const USAGE = `npm run simulator -- [--port 3105] [--host 127.0.0.1] [--data .data/simulator] [--seed 1]
  --account AC…:TOKEN:+33199001122[,whatsapp:+33199001123…]   repeat for several accounts
  --webhook https://…/api/webhooks/twilio#rc=5&rp=all          where received texts are posted
More accounts, phones and failures by the control API under /control.`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3105" },
    host: { type: "string", default: "127.0.0.1" },
    data: { type: "string" },
    seed: { type: "string", default: "1" },
    account: { type: "string", multiple: true, default: [] },
    webhook: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  const simulator = await startSimulator({
    port: Number(values.port),
    host: values.host,
    dataDir: values.data,
    seed: Number(values.seed),
    accounts: values.account.map((text) => readAccount(text, values.webhook)),
  });
  console.log(`simulator listens on ${simulator.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void simulator.close());
  }
}

/** `SID:TOKEN:number,number…`; a number with `whatsapp:` before it is a WhatsApp sender. */
function readAccount(text: string, webhook: string | undefined): AccountInput {
  const [sid = "", token = "", ...rest] = text.split(":");
  const numbers = rest.join(":").split(",").filter(Boolean);
  return {
    sid,
    token,
    webhookUrl: webhook ?? null,
    numbers: numbers.map((number) =>
      number.startsWith("whatsapp:")
        ? { number: number.slice("whatsapp:".length), type: "whatsapp" }
        : { number, type: "sms" },
    ),
  };
}
