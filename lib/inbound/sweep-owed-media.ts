import type { Deps } from "../ports/deps";
import { type FetchReport, fetchOwedMedia } from "./fetch-owed-media";

/** Finds received files whose doorbell was lost or whose fetch died with its process. */
export async function sweepOwedMedia(deps: Deps): Promise<FetchReport> {
  return fetchOwedMedia(deps);
}
