import { NonRetriableError } from "inngest";
import { z } from "zod";
import { dispatchAccount } from "../../lib/outbound/dispatch-account";
import type { Deps } from "../../lib/ports/deps";
import type { InngestClient } from "../client";
import { DISPATCH_DUE } from "../events";

const dataSchema = z.object({ accountId: z.uuid() });

/** Somebody rang for an account: drain what is due. One run an account at a time. */
export function dispatchAccountFunction(inngest: InngestClient, getDeps: () => Deps) {
  return inngest.createFunction(
    {
      id: "dispatch-account",
      triggers: [{ event: DISPATCH_DUE }],
      concurrency: { limit: 1, key: "event.data.accountId" },
      retries: 2,
      onFailure: ({ error }) => {
        getDeps().log.error({ error: error.message }, "[JOBS] dispatch gave up; the sweep goes on");
      },
    },
    async ({ event, step }) => {
      const data = dataSchema.safeParse(event.data);
      if (!data.success) throw new NonRetriableError("accountId: must be a UUID");
      return step.run("dispatch", () => dispatchAccount(getDeps(), data.data));
    },
  );
}
