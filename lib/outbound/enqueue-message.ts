import type { Database } from "../../db/client";
import {
  findMessagesByKeys,
  lockSendingTargets,
  lockUploads,
  type SendingTarget,
} from "../../db/queries/sending-target";
import {
  attachMedia,
  type MessageRow,
  type NewMessage,
  storeOutbound,
} from "../../db/writes/outbound-messages";
import { BAD_NUMBER } from "../domain/bad-number";
import { wordsOf } from "../domain/linked-text";
import { expiryOf } from "../domain/message-expiry";
import type { Actor } from "../domain/viewer";
import type { FilledTemplate } from "../domain/whatsapp-template";
import type { Lane } from "../domain/words";
import type { WorkspaceId } from "../domain/workspace-id";
import type { Deps } from "../ports/deps";
import type { Change } from "../ports/realtime";
import { type EnqueueRefusal, findRefusal } from "./find-refusal";
import { linkFiles, type SentForm } from "./link-files";
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
  /** A code, a test, a link to a new password: leaves also while sending is paused. */
  isSystem?: boolean;
  actor: Actor;
  /** Later than now: the message is `scheduled`. */
  sendAfter?: Date | null;
  /** Default: 24 h (interactive) or 72 h (normal) after it is due. */
  expiresAt?: Date | null;
  /** Unique per workspace; the same key with the same payload gives the first message again. */
  idempotencyKey?: string | null;
  quotedMessageId?: string | null;
  /** WhatsApp: the approved template whose text is `body`, with the values in its places. */
  template?: FilledTemplate | null;
  /** E-mail: what it has more than a text. */
  email?: EmailParts | null;
  /** A text, not an e-mail: what is said in the place of `body`, for the recipient alone (sealText). */
  sealed?: string | null;
  metadata?: Record<string, unknown> | null;
  /** What it tells; null also for the summary of several. */
  notificationId?: string | null;
  /** In whose words it is; null: somebody's own. */
  templateId?: string | null;
  /** What filled them, where no notification keeps it. */
  templateData?: Record<string, unknown> | null;
};

export type EmailParts = {
  readonly subject: string;
  readonly html: string | null;
  /** What is said in the place of `body`, for the recipient alone (sealText). */
  readonly sealed?: string;
  /** Of a notification: the version of its person's preference link, which stands below it. */
  readonly linkVersion?: number;
};

export type EnqueueOutcome =
  /** Stored. After the commit: `ringDoorbells(deps, [bell])` and `deps.realtime.announce([change])`. */
  | { kind: "queued"; message: MessageRow; bell: Doorbell; change: Change }
  /** The same key and payload came before: nothing changed. */
  | { kind: "duplicate"; message: MessageRow }
  /** Nothing was stored; the code goes to the caller, the message says how to mend it. */
  | EnqueueRefusal;

type Needs = Pick<Deps, "clock" | "chance" | "settings">;

/** One message, as `enqueueMessages`. */
export async function enqueueMessage(
  deps: Needs,
  tx: Database,
  input: NewOutbound,
): Promise<EnqueueOutcome> {
  const [outcome] = await enqueueMessages(deps, tx, [input]);
  if (!outcome) throw new Error("every message has an outcome");
  return outcome;
}

/**
 * Puts messages of one workspace and actor into the outbox, inside the caller's transaction (Sending 1):
 * validates, asks the consent ledger, takes the next seqs of their conversations, and writes the rows
 * and their timeline. A fixed number of statements, however many they are. An outcome for each, in their
 * order; where one is refused the others are stored all the same, unless the caller rolls back.
 */
export async function enqueueMessages(
  deps: Needs,
  tx: Database,
  inputs: readonly NewOutbound[],
): Promise<EnqueueOutcome[]> {
  const [first] = inputs;
  if (!first) return [];
  const { workspaceId, actor } = first;
  const now = deps.clock.now();
  const known = await readKnown(tx, workspaceId, inputs);
  const plans = inputs.map((input) => plan(deps, input, { ...known, id: deps.chance.uuid(), now }));
  const planned = plans.flatMap((one) => ("row" in one ? [one.row] : []));
  const stored = await storeOutbound(tx, { workspaceId, values: planned, actor });
  const byId = new Map(stored.map((message) => [message.id, message]));
  const outcomes: EnqueueOutcome[] = [];
  for (const [index, input] of inputs.entries()) {
    const one = plans[index];
    if (!one) continue;
    outcomes.push(
      "row" in one ? await finish(tx, input, { message: byId.get(one.row.id), now }) : one,
    );
  }
  return outcomes;
}

type Known = {
  targets: ReadonlyMap<string, Target>;
  earlier: ReadonlyMap<string | null, Earlier>;
  files: ReadonlyMap<string, Upload>;
};
/** `nextSeq` moves on with each message that is planned. */
type Target = SendingTarget & { nextSeq: number };
type Earlier = Awaited<ReturnType<typeof findMessagesByKeys>>[number];
type Upload = Awaited<ReturnType<typeof lockUploads>>[number];

async function readKnown(
  tx: Database,
  workspaceId: WorkspaceId,
  inputs: readonly NewOutbound[],
): Promise<Known> {
  const conversationIds = [...new Set(inputs.map((input) => input.conversationId))];
  const targets = await lockSendingTargets(tx, { workspaceId, conversationIds });
  const keys = inputs.flatMap(({ idempotencyKey }) => (idempotencyKey ? [idempotencyKey] : []));
  const earlier = await findMessagesByKeys(tx, { workspaceId, keys });
  const ids = inputs.flatMap(({ mediaIds = [] }) => mediaIds);
  const files = await lockUploads(tx, { workspaceId, ids });
  return {
    targets: new Map(
      targets.map((target) => [target.conversationId, { ...target, nextSeq: target.lastSeq + 1 }]),
    ),
    earlier: new Map(earlier.map((one) => [one.message.idempotencyKey, one])),
    files: new Map(files.map((file) => [file.id, file])),
  };
}

type Planning = Known & { id: string; now: Date };

/** The row to be stored, or why there is none. */
function plan(
  deps: Needs,
  input: NewOutbound,
  { targets, earlier, files, id, now }: Planning,
): { row: NewMessage & { id: string } } | EnqueueOutcome {
  const target = targets.get(input.conversationId);
  if (!target) return { kind: "refused", code: "not_found", message: "No such conversation" };
  const before = input.idempotencyKey ? earlier.get(input.idempotencyKey) : undefined;
  if (before) return sameOrReused(input, before);
  const own = (input.mediaIds ?? []).flatMap((mediaId) => files.get(mediaId) ?? []);
  const { body, mediaIds = [], sendAfter } = input;
  const due = sendAfter && sendAfter > now ? sendAfter : now;
  const sent = linkFiles(deps, { target, body, mediaIds, due });
  const refusal = findRefusal({ target, sent, files: own, input, now });
  if (refusal) return refusal;
  const row = buildRow({ id, target, sent, input, now, due });
  if (row.seq !== null) target.nextSeq += 1;
  return { row };
}

/** @param message undefined: another transaction has used its key meanwhile. */
async function finish(
  tx: Database,
  input: NewOutbound,
  { message, now }: { message: MessageRow | undefined; now: Date },
): Promise<EnqueueOutcome> {
  if (!message) return (await findEarlier(tx, input)) ?? KEY_REUSED;
  const { mediaIds = [] } = input;
  await attachMedia(tx, { ...input, messageId: message.id, mediaIds });
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
  const { workspaceId, idempotencyKey } = input;
  const keys = idempotencyKey ? [idempotencyKey] : [];
  const [found] = await findMessagesByKeys(tx, { workspaceId, keys });
  return found ? sameOrReused(input, found) : null;
}

function sameOrReused(input: NewOutbound, { message, mediaIds }: Earlier): EnqueueOutcome {
  const isSame =
    message.conversationId === input.conversationId &&
    wordsOf(message) === input.body &&
    message.subject === (input.email?.subject ?? null) &&
    message.html === (input.email?.html ?? null) &&
    mediaIds.join() === (input.mediaIds ?? []).join();
  return isSame ? { kind: "duplicate", message } : KEY_REUSED;
}

function contentOf({ template, email, sealed: ofText }: NewOutbound, sent: SentForm) {
  if (template) return { template };
  const sealed = email?.sealed ?? ofText;
  if (sealed) return { sealed };
  return email?.linkVersion === undefined ? sent.content : { linkVersion: email.linkVersion };
}

/** For a number that is known to be no good it waits for what people decide about that. */
function waitOf({ badNumber }: SendingTarget, { isLater, now }: { isLater: boolean; now: Date }) {
  if (badNumber === null) return { status: isLater ? ("scheduled" as const) : ("queued" as const) };
  const why = { statusReason: BAD_NUMBER, errorCode: badNumber, pausedAt: now };
  return { status: "paused" as const, ...why };
}

type RowInput = {
  id: string;
  target: Target;
  sent: SentForm;
  input: NewOutbound;
  now: Date;
  due: Date;
};

function buildRow({ id, target, sent, input, now, due }: RowInput) {
  const { actor, lane } = input;
  const isLater = due > now;
  return {
    id,
    workspaceId: input.workspaceId,
    conversationId: target.conversationId,
    integrationId: target.integrationId,
    accountId: target.accountId,
    personId: target.personId,
    seq: isLater ? null : target.nextSeq,
    direction: "out" as const,
    channel: target.channel,
    kind: input.template ? ("template" as const) : sent.kind,
    fromAddress: target.sender,
    toAddress: target.address,
    body: sent.body,
    subject: input.email?.subject ?? null,
    html: input.email?.html ?? null,
    content: contentOf(input, sent),
    ...waitOf(target, { isLater, now }),
    lane,
    isCritical: input.isCritical ?? false,
    isSystem: input.isSystem ?? false,
    sendAfter: due,
    expiresAt: input.expiresAt ?? expiryOf(lane, due),
    authorUserId: actor.kind === "user" ? actor.userId : null,
    apiKeyId: actor.kind === "api_key" ? actor.apiKeyId : null,
    idempotencyKey: input.idempotencyKey ?? null,
    quotedMessageId: input.quotedMessageId ?? null,
    metadata: input.metadata ?? null,
    notificationId: input.notificationId ?? null,
    templateId: input.templateId ?? null,
    templateData: input.templateData ?? null,
    createdAt: now,
  };
}
