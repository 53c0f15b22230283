import { fetchOwedMedia } from "../../lib/inbound/fetch-owed-media";
import type { Deps } from "../../lib/ports/deps";
import type { InngestClient } from "../client";
import { MEDIA_DUE } from "../events";

/** Received files wait at the provider: fetch what is due. */
export function fetchMediaFunction(inngest: InngestClient, getDeps: () => Deps) {
  return inngest.createFunction(
    { id: "fetch-media", triggers: [{ event: MEDIA_DUE }], concurrency: { limit: 2 }, retries: 2 },
    async ({ step }) => step.run("fetch", () => fetchOwedMedia(getDeps())),
  );
}
