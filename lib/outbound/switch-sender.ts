import type { Database } from "../../db/client";
import { findStartSender, type StartSender } from "../../db/queries/start-sender";
import { findOpenTask, listHeldMessages, type TaskRow } from "../../db/queries/tasks";
import { findOrCreateConversation } from "../../db/writes/conversations";
import { detachMedia, type MessageRow, moveMessage } from "../../db/writes/outbound-messages";
import { addToTimeline } from "../../db/writes/timeline";
import { wordsOf } from "../domain/linked-text";
import type { Deps } from "../ports/deps";
import { type EnqueueOutcome, enqueueMessage } from "./enqueue-message";
import type { EnqueueRefusal } from "./find-refusal";
import {
  announceResolved,
  endTask,
  NOT_FOUND,
  type ResolveNeeds,
  type ResolveOutcome,
  type Resolver,
  userOf,
} from "./resolve-bad-number";

export type SwitchOutcome =
  | ResolveOutcome
  | { kind: "integration_not_found" }
  /** The number is no good on this channel, whoever writes to it. */
  | { kind: "same_channel" }
  /** The other sender may not write to them; what was not switched still waits. */
  | EnqueueRefusal;

type Needs = ResolveNeeds & Pick<Deps, "chance" | "settings">;
type Switch = { task: TaskRow; sender: StartSender; by: Resolver };

/** Messages of a task that are looked for at once. */
const PAGE = 50;

/**
 * What waits for a bad number leaves by another of our senders: each is canceled where it waits and
 * written anew there, in one transaction, so that none is lost or doubled wherever this is broken off.
 */
export async function switchSender(
  deps: Needs,
  by: Resolver,
  { taskId, integrationId }: { taskId: string; integrationId: string },
): Promise<SwitchOutcome> {
  const task = await findOpenTask(deps.db, by, taskId);
  if (!task) return NOT_FOUND;
  const sender = await findStartSender(deps.db, by, { integrationId });
  if (!sender) return { kind: "integration_not_found" };
  if (sender.type === task.channel) return { kind: "same_channel" };
  const { workspaceId } = task;
  const moved: Parameters<typeof announceResolved>[1][number][] = [];
  for (;;) {
    const held = await listHeldMessages(deps.db, { ...task, limit: PAGE });
    if (held.length === 0) break;
    for (const { id } of held) {
      const outcome = await moveOne(deps, { task, sender, by }, id);
      if (outcome?.kind === "refused") {
        await announceResolved(deps, moved);
        return outcome;
      }
      if (outcome?.kind !== "queued") continue;
      const { conversationId, integrationId: movedTo, status } = outcome.message;
      moved.push({
        id: outcome.message.id,
        workspaceId,
        conversationId,
        integrationId: movedTo,
        status,
      });
    }
  }
  await endTask(deps, by, { task, resolution: "switched" });
  return announceResolved(deps, moved);
}

/** null: somebody else has moved it meanwhile. */
async function moveOne(
  deps: Needs,
  move: Switch,
  messageId: string,
): Promise<EnqueueOutcome | null> {
  const held: { refusal: EnqueueRefusal | null } = { refusal: null };
  try {
    return await deps.db.transaction(async (tx) => {
      const outcome = await rewrite(deps, tx, { ...move, messageId });
      if (outcome?.kind === "refused") {
        held.refusal = outcome;
        tx.rollback();
      }
      return outcome;
    });
  } catch (error) {
    if (!held.refusal) throw error;
    return held.refusal;
  }
}

async function rewrite(
  deps: Needs,
  tx: Database,
  { task, sender, by, messageId }: Switch & { messageId: string },
): Promise<EnqueueOutcome | null> {
  const { workspaceId, personId, address } = task;
  const now = deps.clock.now();
  const everywhere = { workspaceId, integrations: "all" as const };
  const set = { status: "canceled" as const, statusReason: "switched", pausedAt: null };
  const change = { messageId, from: ["paused" as const], set, at: now };
  const old = await moveMessage(tx, everywhere, change);
  if (!old) return null;
  const { actor } = by;
  await addToTimeline(tx, { workspaceId, messageId, at: now, event: "canceled", actor });
  const mediaIds = await detachMedia(tx, { workspaceId, messageId });
  const conversation = await findOrCreateConversation(tx, {
    id: deps.chance.uuid(),
    workspaceId,
    personId,
    integrationId: sender.id,
    address,
    assigneeId: userOf(by),
    now,
  });
  return enqueueMessage(deps, tx, {
    workspaceId,
    conversationId: conversation.id,
    body: wordsOf(old),
    sealed: sealedOf(old),
    mediaIds,
    lane: old.lane,
    actor,
    sendAfter: old.sendAfter,
    idempotencyKey: `switched:${messageId}`,
    metadata: old.metadata,
  });
}

function sealedOf({ content }: MessageRow): string | null {
  const sealed = content?.sealed;
  return typeof sealed === "string" ? sealed : null;
}
