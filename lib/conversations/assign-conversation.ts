import { findAssignee } from "../../db/queries/assignees";
import {
  type Acting,
  type ConversationNeeds,
  changeConversation,
  type Decision,
  type Done,
  type NotFound,
} from "./change-conversation";

export type AssignOutcome =
  | Done
  | NotFound
  /** Nobody active of this workspace who answers customers. */
  | { readonly kind: "assignee_not_found" }
  /** They may not see the number of this conversation. */
  | { readonly kind: "assignee_cannot_see"; readonly name: string };

/**
 * Gives a conversation to somebody, or to nobody (`assigneeId` null). Assigning it to whoever has it
 * already changes nothing.
 */
export function assignConversation(
  deps: ConversationNeeds,
  input: { acting: Acting; conversationId: string; assigneeId: string | null },
): Promise<AssignOutcome> {
  const { acting, assigneeId } = input;
  return changeConversation<AssignOutcome>(
    deps,
    input,
    async (row, tx): Promise<Decision<AssignOutcome>> => {
      if (row.assigneeId === assigneeId) return { outcome: { kind: "done", changed: false } };
      if (assigneeId === null) {
        return {
          outcome: { kind: "done", changed: true },
          patch: { assigneeId: null },
          activity: { kind: "unassigned", data: { assigneeId: row.assigneeId } },
        };
      }
      const assignee = await findAssignee(tx, acting.workspaceId, {
        userId: assigneeId,
        integrationId: row.integrationId,
      });
      if (!assignee) return { outcome: { kind: "assignee_not_found" } };
      if (!assignee.maySee) {
        return { outcome: { kind: "assignee_cannot_see", name: assignee.name } };
      }
      return {
        outcome: { kind: "done", changed: true },
        patch: { assigneeId },
        activity: { kind: "assigned", data: { assigneeId, assigneeName: assignee.name } },
      };
    },
  );
}
