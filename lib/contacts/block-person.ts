import type { Database } from "../../db/client";
import { addActivities, touchConversationsOf } from "../../db/writes/conversations";
import { lockPerson, patchPerson } from "../../db/writes/persons";
import { type Acting, activityRow } from "../conversations/change-conversation";
import type { Deps } from "../ports/deps";

type Needs = Pick<Deps, "db" | "clock" | "realtime">;
type Input = { acting: Acting; personId: string; isBlocked: boolean };

export type BlockOutcome =
  | { readonly kind: "done"; readonly changed: boolean }
  | { readonly kind: "person_not_found" };

/**
 * Blocks a person or lets them back in. What a blocked person sends is stored, but never reopens,
 * counts or alerts. Every one of their conversations keeps a line of it.
 */
export async function blockPerson(deps: Needs, input: Input): Promise<BlockOutcome> {
  const { workspaceId } = input.acting;
  const { outcome, conversationIds } = await deps.db.transaction((tx) => block(deps, tx, input));
  deps.realtime.announce(
    conversationIds.map((conversationId) => ({
      kind: "conversation",
      workspaceId,
      conversationId,
      messageIds: [],
    })),
  );
  return outcome;
}

async function block(
  deps: Needs,
  tx: Database,
  { acting, personId, isBlocked }: Input,
): Promise<{ outcome: BlockOutcome; conversationIds: string[] }> {
  const now = deps.clock.now();
  const person = await lockPerson(tx, acting.workspaceId, personId);
  if (!person) return { outcome: { kind: "person_not_found" }, conversationIds: [] };
  if ((person.blockedAt !== null) === isBlocked) {
    return { outcome: { kind: "done", changed: false }, conversationIds: [] };
  }
  await patchPerson(tx, person, { blockedAt: isBlocked ? now : null, updatedAt: now });
  const rows = await touchConversationsOf(tx, acting.workspaceId, personId);
  const kind = isBlocked ? "blocked" : "unblocked";
  await addActivities(
    tx,
    rows.map((row) => activityRow(deps, acting, row, { kind })),
  );
  return {
    outcome: { kind: "done", changed: true },
    conversationIds: rows.map((row) => row.id),
  };
}
