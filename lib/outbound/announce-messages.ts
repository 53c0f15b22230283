import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import type { Change } from "../ports/realtime";

type Changed = { id: string; workspaceId: WorkspaceId; conversationId: string };

/** Tells the screens about messages that have changed, one change a conversation. */
export function announceMessages(deps: Pick<Deps, "realtime">, messages: readonly Changed[]) {
  const byConversation = new Map<string, Changed[]>();
  for (const message of messages) {
    const known = byConversation.get(message.conversationId);
    if (known) known.push(message);
    else byConversation.set(message.conversationId, [message]);
  }
  const changes = [...byConversation].flatMap(([conversationId, rows]): Change[] => {
    const [first] = rows;
    if (!first) return [];
    const messageIds = rows.map((row) => row.id);
    return [{ kind: "conversation", workspaceId: first.workspaceId, conversationId, messageIds }];
  });
  if (changes.length > 0) deps.realtime.announce(changes);
}
