import type { Database } from "../../db/client";
import type { activities } from "../../db/schema";
import {
  addActivities,
  type ConversationPatch,
  type ConversationRow,
  lockConversation,
  patchConversation,
} from "../../db/writes/conversations";
import type { Actor, Scope } from "../domain/viewer";
import type { Deps } from "../ports/deps";

/** Who acts, within what they may see. A checked caller or viewer is one. */
export type Acting = Scope & { readonly actor: Actor };

export type ConversationNeeds = Pick<Deps, "db" | "clock" | "realtime">;

export type NotFound = { readonly kind: "conversation_not_found" };
/** `changed` is false where the conversation already was as asked: nothing is written or told. */
export type Done = { readonly kind: "done"; readonly changed: boolean };

type ActivityLine = {
  kind: (typeof activities.$inferInsert)["kind"];
  data?: Record<string, string | null>;
};

export type Decision<R> = { outcome: R; patch?: ConversationPatch; activity?: ActivityLine };

/**
 * Changes a conversation under its lock: `decide` sees the row as it is now. Commits, then announces.
 * What is not within the scope is not found.
 */
export async function changeConversation<R>(
  deps: ConversationNeeds,
  target: { acting: Acting; conversationId: string },
  decide: (row: ConversationRow, tx: Database) => Promise<Decision<R>> | Decision<R>,
): Promise<R | NotFound> {
  const { acting, conversationId } = target;
  const decision = await deps.db.transaction(async (tx) => {
    const row = await lockConversation(tx, acting, conversationId);
    if (!row) return null;
    const decided = await decide(row, tx);
    if (decided.patch) await patchConversation(tx, row, decided.patch);
    if (decided.activity) {
      await addActivities(tx, [activityRow(deps, acting, row, decided.activity)]);
    }
    return decided;
  });
  if (!decision) return { kind: "conversation_not_found" };
  if (decision.patch) {
    const { workspaceId } = acting;
    deps.realtime.announce([{ kind: "conversation", workspaceId, conversationId, messageIds: [] }]);
  }
  return decision.outcome;
}

/** The line a thread shows for what was done, standing after the last message of now. */
export function activityRow(
  deps: Pick<Deps, "clock">,
  acting: Acting,
  row: Pick<ConversationRow, "id" | "lastSeq">,
  line: ActivityLine,
): typeof activities.$inferInsert {
  return {
    workspaceId: acting.workspaceId,
    conversationId: row.id,
    kind: line.kind,
    data: line.data ?? {},
    actorUserId: userOf(acting.actor),
    afterSeq: row.lastSeq,
    at: deps.clock.now(),
  };
}

/** The user behind an actor; null for keys and the system. */
export function userOf(actor: Actor): string | null {
  return actor.kind === "user" ? actor.userId : null;
}
