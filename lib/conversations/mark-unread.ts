import { findConversation } from "../../db/queries/conversations";
import { type ReadMark, takeReadBack } from "../../db/writes/reads";
import type { Scope } from "../domain/viewer";
import type { ConversationNeeds, NotFound } from "./change-conversation";

export type MarkUnreadOutcome =
  | (ReadMark & { readonly kind: "done" })
  | NotFound
  /** The person has not written yet, so there is nothing that could be unread. */
  | { readonly kind: "nothing_to_mark" };

/** Makes a conversation's last inbound message unread again, for this agent alone. */
export async function markUnread(
  deps: ConversationNeeds,
  input: { scope: Scope; userId: string; conversationId: string },
): Promise<MarkUnreadOutcome> {
  const { scope, userId, conversationId } = input;
  const now = deps.clock.now();
  const mark = await takeReadBack(deps.db, scope, { conversationId, userId, now });
  if (!mark) {
    const exists = await findConversation(deps.db, scope, conversationId);
    return { kind: exists ? "nothing_to_mark" : "conversation_not_found" };
  }
  const { workspaceId } = scope;
  deps.realtime.announce([{ kind: "read", workspaceId, conversationId, userId }]);
  return { kind: "done", ...mark };
}
