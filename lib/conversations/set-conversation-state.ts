import {
  type Acting,
  type ConversationNeeds,
  changeConversation,
  type Done,
  type NotFound,
} from "./change-conversation";

export type StateOutcome = Done | NotFound;

/**
 * Resolves a conversation or opens it again. Resolving ends the person's wait. A conversation that is
 * already in that state stays as it is; a pending one counts as open only when `open` is asked.
 */
export function setConversationState(
  deps: ConversationNeeds,
  input: { acting: Acting; conversationId: string; state: "open" | "pending" | "resolved" },
): Promise<StateOutcome> {
  const { state } = input;
  return changeConversation<StateOutcome>(deps, input, (row) => {
    if (row.state === state) return { outcome: { kind: "done", changed: false } };
    const outcome: Done = { kind: "done", changed: true };
    if (state === "resolved") {
      return {
        outcome,
        patch: { state, snoozedUntil: null, waitingSince: null, stateReason: null },
        activity: { kind: "resolved" },
      };
    }
    const wasClosed = row.state === "resolved" || row.state === "snoozed";
    return {
      outcome,
      patch: { state, snoozedUntil: null, stateReason: null },
      activity: wasClosed ? { kind: "reopened" } : undefined,
    };
  });
}
