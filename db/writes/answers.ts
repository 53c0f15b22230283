import { and, eq, inArray, sql } from "drizzle-orm";
import type { OfferedList } from "../../lib/domain/reply-codes/judge-reply";
import type { ReplyAction } from "../../lib/domain/reply-codes/reply-code";
import type { WorkspaceId } from "../../lib/domain/workspace-id";
import type { Database } from "../client";
import { conversations, messages, notifications, offeredLists } from "../schema";

type Answer = {
  workspaceId: WorkspaceId;
  /** The caller holds them, unanswered. */
  notificationIds: readonly string[];
  action: ReplyAction;
  messageId: string;
  at: Date;
};

/** Notifications are answered by a message. */
export async function markAnswered(tx: Database, answer: Answer) {
  const { workspaceId, notificationIds, action, messageId, at } = answer;
  await tx
    .update(notifications)
    .set({ answeredAt: at, answerAction: action, answerMessageId: messageId })
    .where(
      and(
        eq(notifications.workspaceId, workspaceId),
        inArray(notifications.id, [...notificationIds]),
      ),
    );
}

type Offer = OfferedList & { workspaceId: WorkspaceId; conversationId: string };

/** From now on a number means one of these, and none of an earlier list. */
export async function putOfferedList(tx: Database, offer: Offer) {
  const { offeredAt, choices } = offer;
  await tx
    .insert(offeredLists)
    .values(offer)
    .onConflictDoUpdate({ target: offeredLists.conversationId, set: { offeredAt, choices } });
}

/** A message just received asks nothing of anybody: it is not unread any more. */
export async function takeFromUnread(
  tx: Database,
  of: { workspaceId: WorkspaceId; conversationId: string; messageId: string },
) {
  const [counted] = await tx
    .update(messages)
    .set({ counts: false })
    .where(
      and(
        eq(messages.workspaceId, of.workspaceId),
        eq(messages.id, of.messageId),
        eq(messages.counts, true),
      ),
    )
    .returning({ id: messages.id });
  if (!counted) return;
  await tx
    .update(conversations)
    .set({ inboundCount: sql`${conversations.inboundCount} - 1` })
    .where(
      and(eq(conversations.workspaceId, of.workspaceId), eq(conversations.id, of.conversationId)),
    );
}
