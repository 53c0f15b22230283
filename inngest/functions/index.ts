import type { Deps } from "../../lib/ports/deps";
import type { InngestClient } from "../client";
import { deliverWebhooksFunction } from "./deliver-webhooks";
import { dispatchAccountFunction } from "./dispatch-account";
import { fetchMediaFunction } from "./fetch-media";
import { runJobFunction } from "./run-job";
import { startDueJobsFunction } from "./start-due-jobs";

/** Every function of the product. `getDeps` is asked at each run, never at definition. */
export function createFunctions(inngest: InngestClient, getDeps: () => Deps) {
  return [
    dispatchAccountFunction(inngest, getDeps),
    fetchMediaFunction(inngest, getDeps),
    deliverWebhooksFunction(inngest, getDeps),
    runJobFunction(inngest, getDeps),
    startDueJobsFunction(inngest, getDeps),
  ];
}
