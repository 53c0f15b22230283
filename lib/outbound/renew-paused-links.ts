import { mediaIdsOf } from "../../db/queries/media";
import { findPausedTexts, type PausedPlace, putPausedBody } from "../../db/writes/paused";
import { linkedWords } from "../domain/linked-text";
import type { Deps } from "../ports/deps";
import { withLinks } from "./link-files";

/**
 * What is paused may have waited for weeks, and the links of its files with it: before it is let go they
 * are made anew, counting their days from now. The row has the text as it will be sent, by which the look
 * in the provider's list goes.
 */
export async function renewPausedLinks(
  deps: Pick<Deps, "db" | "settings" | "clock">,
  place: PausedPlace,
): Promise<void> {
  const due = deps.clock.now();
  for (const { id: messageId, workspaceId, content } of await findPausedTexts(deps.db, place)) {
    const words = linkedWords({ content });
    if (words === null) continue;
    const mediaIds = await mediaIdsOf(deps.db, { workspaceId, messageId });
    const body = withLinks(deps, { words, mediaIds, due });
    await putPausedBody(deps.db, { workspaceId, messageId, body });
  }
}
