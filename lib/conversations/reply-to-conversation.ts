import type { Database } from "../../db/client";
import { findMessagesByKeys } from "../../db/queries/sending-target";
import { messagesByIds, othersMessagesAfter } from "../../db/queries/threads";
import { lockConversation } from "../../db/writes/conversations";
import type { ThreadMessage } from "../domain/inbox";
import { type EnqueueOutcome, enqueueMessage } from "../outbound/enqueue-message";
import type { EnqueueRefusal } from "../outbound/find-refusal";
import { resolveTemplate, type TemplateRefusal } from "../outbound/resolve-template";
import { ringDoorbells } from "../outbound/ring-doorbells";
import type { Deps } from "../ports/deps";
import type { Acting, NotFound } from "./change-conversation";

export type Reply = {
  acting: Acting;
  conversationId: string;
  body: string;
  /** WhatsApp: an approved template in the place of `body`, by its content SID or name. */
  template?: { ref: string; variables: Record<string, string>; language: string | null } | null;
  /** Ids of uploads, in the order in which they are sent. */
  mediaIds?: readonly string[];
  /** Later than now: scheduled. */
  sendAt?: Date | null;
  /** The last seq the writer has seen; null: they do not say, and nothing is checked. */
  afterSeq?: number | null;
  /** Send although others wrote meanwhile. */
  force?: boolean;
  /** Makes a repeated call give the first answer again. */
  idempotencyKey?: string | null;
  metadata?: Record<string, unknown> | null;
};

export type ReplyOutcome =
  | { readonly kind: "enqueued"; readonly message: ThreadMessage; readonly isReplay: boolean }
  /** The customer or a colleague wrote after `afterSeq`: nothing was stored. */
  | { readonly kind: "conversation_moved"; readonly messages: readonly ThreadMessage[] }
  | NotFound
  /** Opted out, number switched off, too long …: the code and how to mend it. */
  | EnqueueRefusal
  | TemplateRefusal;

type Needs = Pick<
  Deps,
  "db" | "sql" | "clock" | "chance" | "realtime" | "jobs" | "log" | "settings"
>;
type Stored = Extract<EnqueueOutcome, { kind: "queued" | "duplicate" }>;

/**
 * R408: puts an agent's answer into the outbox. Of two who answer at the same moment the second is
 * stopped: the check is made under the conversation's lock, in the transaction that stores the answer.
 */
export async function replyToConversation(deps: Needs, reply: Reply): Promise<ReplyOutcome> {
  const stored = await deps.db.transaction((tx) => store(deps, tx, reply));
  if (stored.kind !== "queued" && stored.kind !== "duplicate") return stored;
  return finishReply(deps, reply.acting, stored);
}

async function store(deps: Needs, tx: Database, reply: Reply) {
  const { acting, conversationId } = reply;
  const row = await lockConversation(tx, acting, conversationId);
  if (!row) return { kind: "conversation_not_found" } as const;
  const messages = await whatMoved(tx, reply);
  if (messages.length > 0) return { kind: "conversation_moved", messages } as const;
  const { workspaceId } = acting;
  const { integrationId } = row;
  const filled = reply.template
    ? await resolveTemplate(tx, { workspaceId, integrationId, ...reply.template })
    : null;
  if (filled?.kind === "refused") return filled;
  return enqueueMessage(deps, tx, {
    workspaceId,
    conversationId,
    body: filled?.body ?? reply.body,
    template: filled?.template ?? null,
    mediaIds: reply.mediaIds ?? [],
    lane: "interactive",
    actor: acting.actor,
    sendAfter: reply.sendAt ?? null,
    idempotencyKey: reply.idempotencyKey ?? null,
    metadata: reply.metadata ?? null,
  });
}

/** What others wrote since; a call repeated with its key was let through the first time. */
async function whatMoved(tx: Database, reply: Reply): Promise<ThreadMessage[]> {
  const { acting, conversationId, afterSeq, idempotencyKey: key } = reply;
  if (reply.force || afterSeq === null || afterSeq === undefined) return [];
  const { workspaceId, actor } = acting;
  const keys = key ? [key] : [];
  if ((await findMessagesByKeys(tx, { workspaceId, keys })).length > 0) return [];
  return othersMessagesAfter(tx, acting, { conversationId, seq: afterSeq, actor });
}

/** After the commit: rings and tells what is new, and answers with the message as threads show it. */
export async function finishReply(
  deps: Needs,
  acting: Acting,
  stored: Stored,
): Promise<Extract<ReplyOutcome, { kind: "enqueued" }>> {
  if (stored.kind === "queued") {
    deps.realtime.announce([stored.change]);
    await ringDoorbells(deps, [stored.bell]);
  }
  const [message] = await messagesByIds(deps.db, acting, [stored.message.id]);
  if (!message) throw new Error("a message that was just stored is there");
  return { kind: "enqueued", message, isReplay: stored.kind === "duplicate" };
}
