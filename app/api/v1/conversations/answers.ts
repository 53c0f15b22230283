import type { z } from "zod";
import { conversationDetail, findConversation } from "@/db/queries/conversations";
import type { PatchOutcome } from "@/lib/conversations/patch-conversation";
import type { ConversationCard, ConversationDetail } from "@/lib/domain/inbox";
import type { Caller } from "@/lib/domain/viewer";
import { invalid, notFound } from "@/lib/http/api";
import type { Problem } from "@/lib/http/problem";
import type { Deps } from "@/lib/ports/deps";
import type { conversation, conversationDetail as detailSchema } from "./schema";

export function toConversation(card: ConversationCard): z.input<typeof conversation> {
  return {
    id: card.id,
    contact: {
      id: card.person.id,
      name: card.person.name,
      address: card.person.address,
      isBlocked: card.person.isBlocked,
    },
    integrationId: card.integrationId,
    channel: card.channel,
    state: card.state,
    priority: card.priority,
    assignee: card.assignee && { id: card.assignee.id, name: card.assignee.name },
    labels: card.labels,
    lastSeq: card.lastSeq,
    unread: card.unread,
    waitingSince: card.waitingSince,
    lastActivityAt: card.lastActivityAt,
    lastMessage: card.lastMessage && {
      id: card.lastMessage.id,
      direction: card.lastMessage.direction,
      kind: card.lastMessage.kind,
      preview: card.lastMessage.preview,
      status: card.lastMessage.status,
    },
  };
}

type Detail = z.input<typeof detailSchema>;

function toDetail(detail: ConversationDetail, snoozedUntil: Date | null): Detail {
  return {
    ...toConversation(detail),
    snoozedUntil: snoozedUntil?.toISOString() ?? null,
    isOptedOut: detail.isOptedOut,
    optedOutAt: detail.optedOutAt,
    windowEndsAt: detail.windowEndsAt,
    stateReason: detail.stateReason,
  };
}

/** The whole conversation as the API shows it; null where the caller may not see it. */
export async function readDetail(deps: Deps, caller: Caller, id: string): Promise<Detail | null> {
  const input = { id, userId: userIdOf(caller), now: deps.clock.now() };
  const [detail, row] = await Promise.all([
    conversationDetail(deps.db, caller, input),
    findConversation(deps.db, caller, id),
  ]);
  return detail && row ? toDetail(detail, row.snoozedUntil) : null;
}

export function userIdOf({ actor }: Caller): string | null {
  return actor.kind === "user" ? actor.userId : null;
}

export function patchProblem(refusal: Exclude<PatchOutcome, { kind: "done" }>): Problem {
  switch (refusal.kind) {
    case "conversation_not_found":
      return notFound();
    case "assignee_not_found": {
      const message = "No active agent of this workspace has this id";
      return invalid([{ path: "assigneeId", message }], refusal.kind);
    }
    case "assignee_cannot_see": {
      const message = `${refusal.name} may not see this number`;
      return invalid([{ path: "assigneeId", message }], refusal.kind);
    }
    case "snooze_in_past": {
      const message = "Must lie in the future";
      return invalid([{ path: "snoozedUntil", message }], refusal.kind);
    }
    case "label_not_found": {
      const message = `No such labels: ${refusal.labelIds.join(", ")}`;
      return invalid([{ path: "labels", message }], refusal.kind);
    }
    default:
      return refusal satisfies never;
  }
}
