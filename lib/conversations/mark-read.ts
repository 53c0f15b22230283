import { putRead, type ReadMark } from "../../db/writes/reads";
import type { Scope } from "../domain/viewer";
import type { ConversationNeeds, NotFound } from "./change-conversation";

export type MarkReadOutcome = (ReadMark & { readonly kind: "done" }) | NotFound;

/**
 * Notes that an agent has read a conversation up to `seq`. Never backwards: a late call with an older
 * seq changes nothing. Told to that agent's own screens.
 */
export async function markRead(
  deps: ConversationNeeds,
  input: { scope: Scope; userId: string; conversationId: string; seq: number },
): Promise<MarkReadOutcome> {
  const { scope, userId, conversationId, seq } = input;
  const now = deps.clock.now();
  const mark = await putRead(deps.db, scope, { conversationId, userId, seq, now });
  if (!mark) return { kind: "conversation_not_found" };
  const { workspaceId } = scope;
  deps.realtime.announce([{ kind: "read", workspaceId, conversationId, userId }]);
  return { kind: "done", ...mark };
}
