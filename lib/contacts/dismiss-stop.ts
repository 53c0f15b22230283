import { messagesByIds } from "../../db/queries/threads";
import { settleProbableStop } from "../../db/writes/consents";
import { touchConversation } from "../../db/writes/conversations";
import { type Acting, userOf } from "../conversations/change-conversation";
import type { Deps } from "../ports/deps";

export type DismissStopOutcome =
  | { kind: "dismissed" }
  /** No such message within the scope, or nobody asks about it (any more). */
  | { kind: "not_found" };

/** Somebody has read a probable stop and says that it is none. */
export async function dismissStop(
  deps: Pick<Deps, "db" | "realtime">,
  acting: Acting,
  { messageId }: { messageId: string },
): Promise<DismissStopOutcome> {
  const [message] = await messagesByIds(deps.db, acting, [messageId]);
  if (!message) return { kind: "not_found" };
  const { workspaceId } = acting;
  const { conversationId } = message;
  const by = userOf(acting.actor);
  const isDone = await deps.db.transaction(async (tx) => {
    if (!(await settleProbableStop(tx, { workspaceId, messageId, as: "dismissed", by })))
      return false;
    await touchConversation(tx, { workspaceId, id: conversationId });
    return true;
  });
  if (!isDone) return { kind: "not_found" };
  deps.realtime.announce([
    { kind: "conversation", workspaceId, conversationId, messageIds: [messageId] },
  ]);
  return { kind: "dismissed" };
}
