import type { Database } from "../../db/client";
import { cardsByIds } from "../../db/queries/cards";
import { recentActivities } from "../../db/queries/thread-activities";
import { messagesByIds } from "../../db/queries/threads";
import { ownReadStates, type ReadState, readStates } from "../../db/queries/unread";
import type { LiveEvent, ThreadMessage } from "../domain/inbox";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Notice } from "./wire";

type ConversationEvent = Extract<LiveEvent, { type: "conversation" }>;
type ConversationNotice = Extract<Notice, { kind: "conversation" }>;
type ReadNotice = Extract<Notice, { kind: "read" }>;

/** A changed conversation, read once for all: each reader's copy differs in its unread count alone. */
export type LiveConversation = {
  integrationId: string;
  unreadOf(userId: string): number;
  /** The event as JSON for whoever has so many unread; made once for all of them. */
  eventFor(unread: number): string;
};

/** Reads the changed rows of one workspace: a fixed number of statements, however many the readers. */
export async function readConversations(
  db: Database,
  input: {
    workspaceId: WorkspaceId;
    notices: readonly ConversationNotice[];
    userIds: readonly string[];
  },
): Promise<LiveConversation[]> {
  const scope = { workspaceId: input.workspaceId, integrations: "all" } as const;
  const ids = input.notices.map((notice) => notice.conversationId);
  const messageIds = input.notices.flatMap((notice) => notice.messageIds);
  // The cards first: a card must never be newer than the messages that come with it.
  const cards = await cardsByIds(db, scope, { ids, userId: null });
  const [messages, activities, states] = await Promise.all([
    messagesByIds(db, scope, messageIds),
    recentActivities(db, scope, ids),
    ownReadStates(db, input.workspaceId, { conversationIds: ids, userIds: input.userIds }),
  ]);
  const own = new Map(states.map((state) => [keyOf(state), state.unread]));
  const byConversation = groupByConversation(messages);
  return cards.map((card) => ({
    integrationId: card.integrationId,
    unreadOf: (userId) => own.get(keyOf({ conversationId: card.id, userId })) ?? card.inboundCount,
    eventFor: keptByNumber((unread) => {
      const event: ConversationEvent = {
        type: "conversation",
        card: { ...card, unread },
        messages: byConversation.get(card.id) ?? [],
        activities: activities.get(card.id) ?? [],
      };
      return JSON.stringify(event);
    }),
  }));
}

function keptByNumber(make: (n: number) => string): (n: number) => string {
  const kept = new Map<number, string>();
  return (n) => {
    const text = kept.get(n) ?? make(n);
    kept.set(n, text);
    return text;
  };
}

/** How far the agents of these notices have read now; of one workspace. */
export async function readReads(
  db: Database,
  workspaceId: WorkspaceId,
  notices: readonly ReadNotice[],
): Promise<ReadState[]> {
  const asked = new Set(notices.map(keyOf));
  const states = await readStates(db, workspaceId, {
    conversationIds: [...new Set(notices.map((notice) => notice.conversationId))],
    userIds: [...new Set(notices.map((notice) => notice.userId))],
  });
  return states.filter((state) => asked.has(keyOf(state)));
}

function keyOf(of: { conversationId: string; userId: string }) {
  return `${of.conversationId}:${of.userId}`;
}

function groupByConversation(messages: readonly ThreadMessage[]) {
  const groups = new Map<string, ThreadMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.conversationId) ?? [];
    group.push(message);
    groups.set(message.conversationId, group);
  }
  return groups;
}
