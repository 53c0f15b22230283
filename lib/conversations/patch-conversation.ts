import type { Priority } from "../domain/words";
import { allOrNothing } from "../operations/all-or-nothing";
import type { Deps } from "../ports/deps";
import { type AssignOutcome, assignConversation } from "./assign-conversation";
import type { Acting } from "./change-conversation";
import { setConversationState } from "./set-conversation-state";
import { type LabelsOutcome, setLabels } from "./set-labels";
import { setPriority } from "./set-priority";
import { type SnoozeOutcome, snoozeConversation } from "./snooze-conversation";

export type ConversationChanges = {
  state?: "open" | "pending" | "resolved";
  /** A moment to come: put aside until then; null: not any more. */
  snoozedUntil?: Date | null;
  /** null: nobody. */
  assigneeId?: string | null;
  priority?: Priority;
  labelIds?: readonly string[];
};

type Input = { acting: Acting; conversationId: string; changes: ConversationChanges };
type ChangeOutcome = AssignOutcome | LabelsOutcome | SnoozeOutcome;
type Refusal = Exclude<ChangeOutcome, { kind: "done" }>;
export type PatchOutcome = { kind: "done" } | Refusal;

/** Changes several things about a conversation at once; all of them or none. */
export function patchConversation(deps: Deps, input: Input): Promise<PatchOutcome> {
  return allOrNothing<PatchOutcome>(deps, {
    isGood: (outcome) => outcome.kind === "done",
    run: async (within) => {
      for (const change of changesOf(input)) {
        const outcome = await change(within);
        if (outcome.kind !== "done") return outcome;
      }
      return { kind: "done" };
    },
  });
}

type Change = (deps: Deps) => Promise<ChangeOutcome>;

function changesOf({ acting, conversationId, changes }: Input): Change[] {
  const target = { acting, conversationId };
  const { labelIds, assigneeId, priority, state, snoozedUntil: until } = changes;
  const list: Change[] = [];
  if (labelIds) list.push((deps) => setLabels(deps, { ...target, labelIds }));
  if (assigneeId !== undefined) {
    list.push((deps) => assignConversation(deps, { ...target, assigneeId }));
  }
  if (priority) list.push((deps) => setPriority(deps, { ...target, priority }));
  if (state) list.push((deps) => setConversationState(deps, { ...target, state }));
  if (until !== undefined) list.push((deps) => snoozeConversation(deps, { ...target, until }));
  return list;
}
