import { findStartSender, type SenderChoice } from "@/db/queries/start-sender";
import { findCountFault } from "@/lib/domain/message-body";
import type { Caller } from "@/lib/domain/viewer";
import { invalid } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import { takeMediaUrls } from "@/lib/http/take-media-urls";
import type { Deps } from "@/lib/ports/deps";

type Files = {
  /** Who the message is to leave from. */
  from: SenderChoice;
  mediaUrls?: readonly string[] | undefined;
  mediaIds?: readonly string[] | undefined;
};

/**
 * The ids of a message's files, those behind URLs taken over. None is fetched where there are more than a
 * message of the sender's channel carries.
 */
export async function takeFiles(
  { deps, caller }: { deps: Deps; caller: Caller },
  { from, mediaUrls: urls = [], mediaIds = [] }: Files,
): Promise<{ mediaIds: string[] } | { problem: Problem }> {
  if (urls.length === 0) return { mediaIds: [...mediaIds] };
  const path = "mediaUrls";
  const sender = await findStartSender(deps.db, caller, from);
  const fault = sender && findCountFault(sender.type, urls.length + mediaIds.length);
  if (fault) return { problem: invalid([{ path, message: fault.message }], fault.code) };
  const taken = await takeMediaUrls(deps, { caller, urls, path });
  if (!taken.ok) return { problem: invalid(taken.errors, "media_not_fetched") };
  return { mediaIds: [...mediaIds, ...taken.mediaIds] };
}
