import type { Database } from "../../db/client";
import {
  findMessageByKey,
  lockSendingTarget,
  lockUploads,
  type SendingTarget,
} from "../../db/queries/sending-target";
import {
  attachMedia,
  insertOutbound,
  joinConversation,
  type MessageRow,
} from "../../db/writes/outbound-messages";
import { addToTimeline } from "../../db/writes/timeline";
import { BAD_NUMBER } from "../domain/bad-number";
import { expiryOf } from "../domain/message-expiry";
import type { Actor } from "../domain/viewer";
import type { Lane } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import type { Change } from "../ports/realtime";
import { type EnqueueRefusal, findRefusal } from "./find-refusal";
import type { Doorbell } from "./ring-doorbells";

export type NewOutbound = {
  workspaceId: WorkspaceId;
  conversationId: string;
  body: string;
  /** Ids of uploads, in the order in which they are sent. */
  mediaIds?: readonly string[];
  /** Agent replies and codes are interactive. */
  lane: Lane;
  /** Better twice than never, where it cannot be known whether it left. */
  isCritical?: boolean;
  actor: Actor;
  /** Later than now: the message is `scheduled`. */
  sendAfter?: Date | null;
  /** Default: 24 h (interactive) or 72 h (normal) after it is due. */
  expiresAt?: Date | null;
  /** Unique per workspace; the same key with the same payload gives the first message again. */
  idempotencyKey?: string | null;
  quotedMessageId?: string | null;
  /** WhatsApp: the approved template whose text is `body`, with the values in its places. */
  template?: MessageTemplate | null;
  metadata?: Record<string, unknown> | null;
};

export type MessageTemplate = {
  readonly contentSid: string;
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
};

export type EnqueueOutcome =
  /** Stored. After the commit: `ringDoorbells(deps, [bell])` and `deps.realtime.announce([change])`. */
  | { kind: "queued"; message: MessageRow; bell: Doorbell; change: Change }
  /** The same key and payload came before: nothing changed. */
  | { kind: "duplicate"; message: MessageRow }
  /** Nothing was stored; the code goes to the caller, the message says how to mend it. */
  | EnqueueRefusal;

type Needs = Pick<Deps, "clock" | "chance">;

/**
 * Puts a message into the outbox, inside the caller's transaction (Sending 1): validates, asks the
 * consent ledger, takes the next seq of the conversation, and writes the row and its timeline.
 */
export async function enqueueMessage(
  { clock, chance }: Needs,
  tx: Database,
  input: NewOutbound,
): Promise<EnqueueOutcome> {
  const target = await lockSendingTarget(tx, input);
  if (!target) return { kind: "refused", code: "not_found", message: "No such conversation" };
  const now = clock.now();
  const before = await findEarlier(tx, input);
  if (before) return before;
  const files = await lockUploads(tx, { ...input, ids: input.mediaIds ?? [] });
  const refusal = findRefusal({ target, files, input, now });
  if (refusal) return refusal;
  const message = await insertOutbound(tx, buildRow({ id: chance.uuid(), target, input, now }));
  if (!message) return (await findEarlier(tx, input)) ?? KEY_REUSED;
  await joinConversation(tx, { message, isByAgent: message.authorUserId !== null });
  await attachMedia(tx, { ...input, messageId: message.id, mediaIds: input.mediaIds ?? [] });
  await addToTimeline(tx, {
    workspaceId: message.workspaceId,
    messageId: message.id,
    at: now,
    event: message.status,
    actor: input.actor,
  });
  return { kind: "queued", message, ...afterCommit(message, now) };
}

/** What the caller does once its transaction is through. */
function afterCommit(message: MessageRow, now: Date): { bell: Doorbell; change: Change } {
  const { workspaceId, conversationId, integrationId, id } = message;
  return {
    bell: { integrationId, due: message.sendAfter ?? now },
    change: { kind: "conversation", workspaceId, conversationId, messageIds: [id] },
  };
}

const KEY_REUSED: EnqueueRefusal = {
  kind: "refused",
  code: "idempotency_key_reused",
  message: "This idempotency key belongs to another message: use a new one",
};

/** What a message with the same key says to this one; null: there is none. */
async function findEarlier(tx: Database, input: NewOutbound): Promise<EnqueueOutcome | null> {
  if (!input.idempotencyKey) return null;
  const { workspaceId, idempotencyKey: key } = input;
  const found = await findMessageByKey(tx, { workspaceId, key });
  if (!found) return null;
  const { message, mediaIds } = found;
  const isSame =
    message.conversationId === input.conversationId &&
    message.body === input.body &&
    mediaIds.join() === (input.mediaIds ?? []).join();
  return isSame ? { kind: "duplicate", message } : KEY_REUSED;
}

function kindOf({ template, mediaIds = [] }: NewOutbound) {
  if (template) return "template" as const;
  return mediaIds.length > 0 ? ("media" as const) : ("text" as const);
}

/** For a number that is known to be no good it waits for what people decide about that. */
function waitOf({ badNumber }: SendingTarget, { isLater, now }: { isLater: boolean; now: Date }) {
  if (badNumber === null) return { status: isLater ? ("scheduled" as const) : ("queued" as const) };
  const why = { statusReason: BAD_NUMBER, errorCode: badNumber, pausedAt: now };
  return { status: "paused" as const, ...why };
}

type RowInput = { id: string; target: SendingTarget; input: NewOutbound; now: Date };

function buildRow({ id, target, input, now }: RowInput) {
  const { actor, lane } = input;
  const isLater = input.sendAfter != null && input.sendAfter > now;
  const sendAfter = isLater ? (input.sendAfter ?? now) : now;
  return {
    id,
    workspaceId: input.workspaceId,
    conversationId: target.conversationId,
    integrationId: target.integrationId,
    accountId: target.accountId,
    personId: target.personId,
    seq: isLater ? null : target.lastSeq + 1,
    direction: "out" as const,
    channel: target.channel,
    kind: kindOf(input),
    fromAddress: target.sender,
    toAddress: target.address,
    body: input.body,
    content: input.template ? { template: input.template } : null,
    ...waitOf(target, { isLater, now }),
    lane,
    isCritical: input.isCritical ?? false,
    sendAfter,
    expiresAt: input.expiresAt ?? expiryOf(lane, sendAfter),
    authorUserId: actor.kind === "user" ? actor.userId : null,
    apiKeyId: actor.kind === "api_key" ? actor.apiKeyId : null,
    idempotencyKey: input.idempotencyKey ?? null,
    quotedMessageId: input.quotedMessageId ?? null,
    metadata: input.metadata ?? null,
    createdAt: now,
  };
}
