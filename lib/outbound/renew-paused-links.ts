import { mediaIdsOf } from "../../db/queries/media";
import { findForgottenTexts } from "../../db/writes/bad-numbers";
import {
  findPausedTexts,
  type PausedPlace,
  type PausedText,
  putPausedBody,
} from "../../db/writes/paused";
import { linkedWords } from "../domain/linked-text";
import type { Deps } from "../ports/deps";
import { withLinks } from "./link-files";

type Needs = Pick<Deps, "db" | "settings" | "clock">;

/**
 * What is paused may have waited for weeks, and the links of its files with it: before it is let go they
 * are made anew, counting their days from now. The row has the text as it will be sent, by which the look
 * in the provider's list goes.
 */
export async function renewPausedLinks(deps: Needs, place: PausedPlace): Promise<void> {
  await renewLinks(deps, await findPausedTexts(deps.db, place));
}

/** The same of what waits for a task that is closed, over all workspaces, before the sweep lets it go. */
export async function renewForgottenLinks(deps: Needs & Pick<Deps, "sql">): Promise<void> {
  await renewLinks(deps, await findForgottenTexts(deps.sql));
}

async function renewLinks(deps: Needs, texts: readonly PausedText[]): Promise<void> {
  const due = deps.clock.now();
  for (const { id: messageId, workspaceId, content } of texts) {
    const words = linkedWords({ content });
    if (words === null) continue;
    const mediaIds = await mediaIdsOf(deps.db, { workspaceId, messageId });
    const body = withLinks(deps, { words, mediaIds, due });
    await putPausedBody(deps.db, { workspaceId, messageId, body });
  }
}
