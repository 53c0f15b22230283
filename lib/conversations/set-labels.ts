import { knownLabels } from "../../db/queries/labels";
import { putLabels } from "../../db/writes/conversations";
import {
  type Acting,
  type ConversationNeeds,
  changeConversation,
  type Done,
  type NotFound,
} from "./change-conversation";

export type LabelsOutcome =
  | Done
  | NotFound
  | { readonly kind: "label_not_found"; readonly labelIds: readonly string[] };

/** Gives a conversation exactly these labels. One unknown label and nothing changes. */
export function setLabels(
  deps: ConversationNeeds,
  input: { acting: Acting; conversationId: string; labelIds: readonly string[] },
): Promise<LabelsOutcome> {
  const wanted = [...new Set(input.labelIds)];
  return changeConversation<LabelsOutcome>(deps, input, async (row, tx) => {
    const known = await knownLabels(tx, input.acting.workspaceId, wanted);
    const unknown = wanted.filter((id) => !known.includes(id));
    if (unknown.length > 0) return { outcome: { kind: "label_not_found", labelIds: unknown } };
    await putLabels(tx, row, wanted);
    return { outcome: { kind: "done", changed: true }, patch: {} };
  });
}
