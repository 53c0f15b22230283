import type { Deps } from "../../lib/ports/deps";
import { deliverWebhooks } from "../../lib/webhooks/deliver-webhooks";
import type { InngestClient } from "../client";
import { WEBHOOKS_DUE } from "../events";

/** Endpoints are owed events: post what is due. Two, so that one that waits for its last answer keeps nobody. */
export function deliverWebhooksFunction(inngest: InngestClient, getDeps: () => Deps) {
  return inngest.createFunction(
    {
      id: "deliver-webhooks",
      triggers: [{ event: WEBHOOKS_DUE }],
      concurrency: { limit: 2 },
      retries: 0,
    },
    async ({ step }) => step.run("deliver", () => deliverWebhooks(getDeps())),
  );
}
