import {
  type Acting,
  type ConversationNeeds,
  changeConversation,
  type Done,
  type NotFound,
} from "./change-conversation";

export type SnoozeOutcome =
  | Done
  | NotFound
  /** `until` has come already. */
  | { readonly kind: "snooze_in_past" };

/**
 * Puts a conversation aside until a moment, or (`until` null) brings one back that was put aside. The
 * customer's next message brings it back too.
 */
export function snoozeConversation(
  deps: ConversationNeeds,
  input: { acting: Acting; conversationId: string; until: Date | null },
): Promise<SnoozeOutcome> {
  const { until } = input;
  return changeConversation<SnoozeOutcome>(deps, input, (row) => {
    const unchanged = { outcome: { kind: "done", changed: false } } as const;
    const outcome = { kind: "done", changed: true } as const;
    if (until === null) {
      if (row.state !== "snoozed") return unchanged;
      const patch = { state: "open", snoozedUntil: null, stateReason: null } as const;
      return { outcome, patch, activity: { kind: "reopened" } };
    }
    if (until <= deps.clock.now()) return { outcome: { kind: "snooze_in_past" } };
    const isSame = row.snoozedUntil?.getTime() === until.getTime();
    if (row.state === "snoozed" && isSame) return unchanged;
    return { outcome, patch: { state: "snoozed", snoozedUntil: until, stateReason: null } };
  });
}
