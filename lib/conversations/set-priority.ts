import type { Priority } from "../domain/words";
import {
  type Acting,
  type ConversationNeeds,
  changeConversation,
  type Done,
  type NotFound,
} from "./change-conversation";

/** Sets how urgent a conversation is; the thread keeps a line of it. */
export function setPriority(
  deps: ConversationNeeds,
  input: { acting: Acting; conversationId: string; priority: Priority },
): Promise<Done | NotFound> {
  const { priority } = input;
  return changeConversation<Done>(deps, input, (row) => {
    if (row.priority === priority) return { outcome: { kind: "done", changed: false } };
    return {
      outcome: { kind: "done", changed: true },
      patch: { priority },
      activity: { kind: "priority", data: { from: row.priority, to: priority } },
    };
  });
}
